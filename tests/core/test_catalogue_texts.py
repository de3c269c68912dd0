"""Families, models and register maps are called alike by the data and translations."""

from pathlib import Path
import re
import subprocess
import sys

import pytest

from custom_components.legrand_ews.ews.catalogue import Provenance, load_catalogue
from custom_components.legrand_ews.flows.naming import BADGES, choices

ROOT = Path(__file__).parents[2]


def test_the_translations_are_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/build_texts", "--check"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_wrong_argument_is_explained() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/build_texts", "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "--check" in run.stderr


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_tell_models_apart_and_can_be_keys(language: str) -> None:
    for names in choices(load_catalogue(), language).values():
        assert len(set(names.values())) == len(names)
        assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", key) for key in names)


def test_every_source_has_a_badge() -> None:
    """D9; what nobody has verified looks alike."""
    assert BADGES.keys() == set(Provenance)
    assert BADGES[Provenance.RECALLED] == BADGES[Provenance.ASSUMED] == "⚠"
    assert len(set(BADGES.values())) == len(BADGES) - 1
