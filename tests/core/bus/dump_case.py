"""A device as its registers: what it has, what it refuses, and what is to come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

type Dump = Mapping[int, int | Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A device and what it is expected to show; None: it has no such value.

    States are named by their option.
    """

    name: str
    model: str
    holding: Dump = field(default_factory=dict)
    input: Dump = field(default_factory=dict)
    coil: Dump = field(default_factory=dict)
    discrete: Dump = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    side: int | None = None
    expected: Mapping[str, str | None]


def filled(first: int, words: int, **values: Sequence[int]) -> dict[int, Sequence[int]]:
    """A table of zeros with some words in it: ``at_1500=u32(7)``."""
    table = [0] * words
    for place, content in values.items():
        start = int(place.removeprefix("at_"), 16) - first
        table[start : start + len(content)] = content
    return {first: table}
