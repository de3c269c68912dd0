"""Families, models and register maps are called alike by the data and translations."""

from pathlib import Path
import re

import pytest

from custom_components.legrand_ews.ews.catalogue import Provenance, load_catalogue
from custom_components.legrand_ews.flows.naming import BADGES, choices

ROOT = Path(__file__).parents[2]


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
