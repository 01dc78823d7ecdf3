import os

import pytest


@pytest.fixture
def program(tmp_path):
    """A callable that makes a program of a name, which tells this version of itself or fails."""

    def make(name, version=None):
        path = tmp_path / "programs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\necho {name} {version}\n" if version else "#!/bin/sh\nexit 1\n")
        path.chmod(0o755)
        return path

    return make


def test_the_browser_and_the_java_that_are_named_are_used(project, run, program):
    chromium, java = program("some-chromium", "150.0.1"), program("some-java", "17.0.2")

    done = run(
        project / "script" / "browser",
        *("sh", "-c", "echo $CHROMIUM $CHROMIUM_VERSION $JAVA; exit 3"),
        CHROMIUM=str(chromium),
        JAVA=str(java),
    )

    assert done.stdout == f"{chromium} 150.0.1 {java}\n"
    assert done.returncode == 3


def test_a_browser_of_the_machine_is_found_and_one_that_does_not_run_is_passed_over(project, run, program):
    program("chromium")
    chromium, java = program("google-chrome", "151.0"), program("java", "21")
    path = f"{chromium.parent}:{os.environ['PATH']}"

    done = run(project / "script" / "browser", "sh", "-c", "echo $CHROMIUM $JAVA", PATH=path, CHROMIUM="", JAVA="")

    assert done.returncode == 0
    assert done.stdout == f"{chromium} {java}\n"


@pytest.mark.parametrize("name", ["CHROMIUM", "JAVA"])
def test_what_is_named_and_does_not_run_is_said_in_one_sentence(project, run, program, name):
    named = {"CHROMIUM": str(program("chromium", "150.0")), "JAVA": str(program("java", "21"))}

    done = run(project / "script" / "browser", "true", **named | {name: str(program("broken"))})

    assert done.returncode == 69
    assert done.stderr.startswith(f"script/browser: {name} names no ")
    assert done.stderr.count("\n") == 1


def test_without_a_command_it_asks_for_one(project, run):
    done = run(project / "script" / "browser")

    assert done.returncode == 64
    assert "say which command to run" in done.stderr
