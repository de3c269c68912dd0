"""Repeatable chance: the same words always draw the same numbers."""

from functools import lru_cache
from random import Random


def stream(seed: int, *words: object) -> Random:
    """A generator of its own for what ``words`` name; never shared state."""
    return Random("|".join(map(str, (seed, *words))))


@lru_cache(maxsize=100_000)
def chance(seed: int, *words: object) -> float:
    """One number in [0, 1) for what ``words`` name."""
    return stream(seed, *words).random()


def drift(seed: int, name: str, position: float) -> float:
    """Smooth noise in [-1, 1]: random at whole positions, straight between."""
    left = int(position // 1)
    part = position - left
    first, second = chance(seed, name, left), chance(seed, name, left + 1)
    return 2 * (first + (second - first) * part) - 1
