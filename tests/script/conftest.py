"""The scripts are tried in a project of their own, so that no test rebuilds the environment it runs in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "script"


@pytest.fixture
def project(tmp_path):
    """Return a folder with the scripts, this environment, and a set-up that has nothing to do."""
    shutil.copytree(SCRIPTS, tmp_path / "script")
    (tmp_path / "script" / "setup").write_text("#!/bin/sh\n")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


@pytest.fixture
def run():
    """Return a function that runs a script from elsewhere, with these environment variables besides the usual ones."""

    def run_script(script, *arguments, **environment):
        return subprocess.run(
            [script, *arguments],
            cwd="/",
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_script
