"""How well a thing is known, and what that allows (design D9)."""

from enum import StrEnum
from typing import Final


class Provenance(StrEnum):
    """How a register, map or model is known (registers.md 0.1)."""

    DOCUMENTED = "documented"
    """The maker's own register table."""
    OBSERVED = "observed"
    """Used by published software or a published device definition."""
    INFERRED = "inferred"
    """A sibling's document applied to this device."""
    RECALLED = "recalled"
    """General knowledge without a source at hand: shown as unverified."""
    ASSUMED = "assumed"
    """No evidence at all: shown as unverified, commands stay off (D9)."""


class Confidence(StrEnum):
    """How far a map or model is trusted, best first."""

    HIGH = "high"
    MEDIUM_HIGH = "medium_high"
    MEDIUM = "medium"
    LOW_MEDIUM = "low_medium"
    LOW = "low"
    NONE = "none"


UNVERIFIED: Final = frozenset({Provenance.RECALLED, Provenance.ASSUMED})
"""Provenances that a user is warned of."""


def needs_confirmation(provenance: Provenance, confidence: Confidence) -> bool:
    """Say whether commands known like this wait for the user's word (D9).

    A guess does, and a sibling's document that is trusted little.
    """
    if provenance in UNVERIFIED:
        return True
    return provenance is Provenance.INFERRED and confidence in {
        Confidence.LOW,
        Confidence.NONE,
    }
