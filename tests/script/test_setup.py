import shutil
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[2] / "script" / "setup"


@pytest.fixture(scope="module")
def new_project(tmp_path_factory):
    """Return a folder that needs no package, so that no test asks the network for one."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "script").mkdir()
    shutil.copy(SETUP, folder / "script")
    for name in ("requirements.txt", "requirements-development.txt"):
        (folder / name).write_text("# nothing\n")
    return folder


def test_an_environment_left_half_made_is_made_anew_and_a_whole_one_is_kept(new_project, run):
    setup = new_project / "script" / "setup"
    (new_project / ".venv" / "bin").mkdir(parents=True)
    (new_project / ".venv" / "bin" / "python").symlink_to("/gone")

    made, kept = run(setup), run(setup)

    assert made.returncode == 0
    assert "Making .venv" in made.stdout
    assert (kept.returncode, kept.stdout) == (0, "")


def test_an_unknown_option_is_refused(new_project, run):
    done = run(new_project / "script" / "setup", "--production")

    assert done.returncode == 1
    assert done.stderr == "script/setup: the only option is --development.\n"


def test_a_machine_without_python_is_told_so_in_one_sentence(new_project, run, tmp_path):
    for name in ("bash", "dirname", "cat"):
        (tmp_path / name).symlink_to(shutil.which(name))
    shutil.rmtree(new_project / ".venv", ignore_errors=True)

    done = run(new_project / "script" / "setup", PATH=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr == "script/setup: Python 3.11 or later is needed, and none is on the PATH.\n"
