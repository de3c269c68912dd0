"""The page of devices says what the data say."""

from pathlib import Path
import subprocess
import sys

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/build_docs", "--check"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_wrong_argument_is_explained() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/build_docs", "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "--check" in run.stderr
