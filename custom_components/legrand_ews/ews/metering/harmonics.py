"""Harmonics of an interval, as they are archived (S200)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..bus.harmonics import Harmonics
from ..catalogue.harmonics import HIGHEST_RANK
from ..timegrid import sample_start

RECORDED_RANKS: Final = range(2, HIGHEST_RANK + 1)
"""Every harmonic that a map may name; the first is the fundamental itself."""
_MILLI: Final = 1000
_HIGHEST_MILLI: Final = 2**31 - 1
"""Two million percent: what shows more was not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmonicSample:
    """One series of a device: what was read once in the interval, and no mean.

    ``series`` is the distorted quantity (``current_l1``); ``shares_milli`` holds, by
    rank, thousandths of a percent of the fundamental.
    """

    device_id: int
    series: str
    start: datetime
    length: timedelta
    shares_milli: Mapping[int, int]


def harmonic_samples(
    device_id: int, harmonics: Harmonics, length: timedelta, zone: ZoneInfo
) -> Iterator[HarmonicSample]:
    """Yield what was read, in the interval of ``length`` in which it was."""
    start = sample_start(harmonics.read_at, length, zone)
    for series, own in harmonics.series.items():
        shares = {
            rank: milli
            for rank, share in own.items()
            if rank in RECORDED_RANKS
            and abs(milli := round(share * _MILLI)) <= _HIGHEST_MILLI
        }
        if shares:
            yield HarmonicSample(
                device_id=device_id,
                series=series,
                start=start,
                length=length,
                shares_milli=shares,
            )
