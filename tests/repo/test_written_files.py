"""Files that scripts write from data are committed as those write them."""

import subprocess
import sys

import pytest

from .places import ROOT

SCRIPTS = ["scripts/build_actions", "scripts/build_docs", "scripts/build_texts"]


def run(script: str, argument: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script, argument],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_they_are_up_to_date(script: str) -> None:
    done = run(script, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_wrong_argument_is_explained(script: str) -> None:
    done = run(script, "--help")
    assert done.returncode == 2
    assert "--check" in done.stderr
