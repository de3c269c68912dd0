"""Harmonics of a current or voltage, as far as its distortion goes.

The ranks fall like 1 / rank, as those of a square wave do, and together they make the
total distortion: THD² is the sum of their squares.
"""

from collections.abc import Sequence
import math

from custom_components.legrand_ews.ews.catalogue import HarmonicBlock

from .encoding import Settings, Values, to_words


def spectrum(distortion_percent: float, ranks: Sequence[int]) -> list[float]:
    """Share of every rank in percent; rank 1 is the fundamental itself."""
    weights = [0.0 if rank == 1 else 1 / rank for rank in ranks]
    total = math.hypot(*weights)
    shares = [distortion_percent * weight / (total or 1.0) for weight in weights]
    return [
        100.0 if rank == 1 else share for rank, share in zip(ranks, shares, strict=True)
    ]


def encode_harmonics(
    block: HarmonicBlock, values: Values, settings: Settings
) -> list[int]:
    """The words of a whole block; a series without distortion has no values."""
    words: list[int] = []
    for series in block.series:
        distortion = values.gauges.get(f"thd_{series}")
        if distortion is None:
            raws = [max(block.not_available, default=0)] * len(block.ranks)
        else:
            shares = spectrum(distortion, block.ranks)
            raws = [round(share / float(block.multiplier)) for share in shares]
        for raw in raws:
            words += to_words(raw, block.type, settings.word_order)
    return words
