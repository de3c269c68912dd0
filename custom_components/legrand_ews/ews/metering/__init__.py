"""From readings to samples: counters, interval statistics, gaps and quality."""

from .counters import (
    Correction,
    CorrectionKind,
    CounterReading,
    CounterStep,
    CounterTrack,
    advance,
)
from .limits import hourly_limit_milli
from .samples import Booking, CounterState, Quality, Sample, Statistic, to_milli
from .sampling import Accumulator

__all__ = [
    "Accumulator",
    "Booking",
    "Correction",
    "CorrectionKind",
    "CounterReading",
    "CounterState",
    "CounterStep",
    "CounterTrack",
    "Quality",
    "Sample",
    "Statistic",
    "advance",
    "hourly_limit_milli",
    "to_milli",
]
