"""How times spread: the percentile that all benchmarks tell."""

from collections.abc import Sequence


def p95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 do not exceed (nearest rank)."""
    return sorted(times)[-(-len(times) * 95 // 100) - 1]
