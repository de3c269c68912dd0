"""What must not be in the repository, and what must be in step."""

from pathlib import Path
import re
import subprocess
import sys

import pytest

from .places import INTEGRATION, ROOT, repository_files

# Written in two halves, so that this file passes its own test.
BANNED = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "deb.debian" + ".org",
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/bash" + "_jobs",
]
LONGEST_FILE = 400


@pytest.mark.parametrize("words", BANNED)
def test_no_file_names_a_registry_or_a_developers_machine(words: str) -> None:
    pattern = re.compile(re.escape(words).encode())
    found = [
        str(path.relative_to(ROOT))
        for path in repository_files()
        if pattern.search(path.read_bytes())
    ]
    assert found == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    for path in locks:
        if path.name in {"integrations.txt", "overrides.txt"}:
            continue
        text = path.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
        assert pins, path
        assert text.count(" \\\n    --hash=sha256:") >= len(pins), path
        assert "://" not in text, path


def test_the_npm_lock_holds_no_addresses() -> None:
    lock = ROOT / "dashboards" / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")


def test_files_of_the_integration_have_one_subject() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sorted(INTEGRATION.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_copies_in_the_integration_are_in_step() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "sync_assets"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_scripts_can_be_run() -> None:
    for path in sorted((ROOT / "scripts").iterdir()):
        if path.suffix != ".sh" and path.is_file():
            assert path.stat().st_mode & 0o100, path
            assert Path(path).read_bytes().startswith(b"#!/usr/bin/env "), path
