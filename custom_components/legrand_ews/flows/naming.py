"""What lists call a family, a model and a register map, with a badge for its source.

The same names stand in the translation files, so that a user reads them in his own
language (`scripts/build_texts`); those made here are for what a file of the user adds.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..ews.catalogue import Catalogue, Model, Provenance, RegisterMap
from ..ews.catalogue.families import MAP_PARAMETER

BADGES: Final[Mapping[Provenance, str]] = MappingProxyType(
    {
        Provenance.DOCUMENTED: "✓",
        Provenance.OBSERVED: "●",
        Provenance.INFERRED: "≈",
        Provenance.RECALLED: "⚠",
        Provenance.ASSUMED: "⚠",
    }
)
"""How a register map is known, in one sign that needs no language (D9)."""
_GLUE: Final = "\u00a0"
"""A sign is never alone on a line."""


def model_label(model: Model, language: str) -> str:
    """Return a model as sentences name it: the printed number and what it is."""
    description = model.description(language)
    return f"{model.printed} – {description}" if model.printed else description


def model_choice(model: Model, language: str) -> str:
    """Return a model as a list offers it.

    A pulse meter has no registers of its own, so no badge.
    """
    label = model_label(model, language)
    return label if model.is_pulse else f"{label}{_GLUE}{BADGES[model.provenance]}"


def map_title(one: RegisterMap, language: str) -> str:
    """Return the title of a register map."""
    return one.title_fr if language.startswith("fr") else one.title_en


def map_choice(one: RegisterMap, language: str) -> str:
    """Return a register map as a list offers it."""
    return f"{map_title(one, language)}{_GLUE}{BADGES[one.provenance]}"


def choices(catalogue: Catalogue, language: str) -> dict[str, dict[str, str]]:
    """Return everything that can be chosen from the catalogue, by selector and key."""
    models = {
        key: model
        for key, model in catalogue.models.items()
        if model.is_metering_point or model.is_concentrator
    }
    families = {model.family for model in models.values() if model.is_metering_point}
    maps = {
        key
        for model in models.values()
        for spec in model.parameters
        if spec.name == MAP_PARAMETER
        for key in spec.choices
    }
    return {
        "family": {
            key: family.title(language)
            for key, family in catalogue.families.items()
            if key in families
        },
        "model": {key: model_choice(model, language) for key, model in models.items()},
        "map": {
            key: map_choice(one, language)
            for key, one in catalogue.maps.items()
            if key in maps
        },
    }
