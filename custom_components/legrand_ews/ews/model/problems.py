"""What is wrong with an object: the field at fault and the sentence that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A broken rule: the ``field`` at fault and the sentence that says so."""

    field: str
    key: str
    placeholders: Mapping[str, str] = MappingProxyType({})


def problem(at: str, key: str, **placeholders: object) -> Problem:
    """Return a problem at field ``at`` with its values as text."""
    texts = {name: str(value) for name, value in placeholders.items()}
    return Problem(field=at, key=key, placeholders=MappingProxyType(texts))


def check_range(at: str, value: int, minimum: int, maximum: int) -> list[Problem]:
    """Check that a number lies between two limits, both allowed."""
    if minimum <= value <= maximum:
        return []
    return [problem(at, "out_of_range", minimum=minimum, maximum=maximum)]
