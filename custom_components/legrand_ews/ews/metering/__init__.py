"""From readings to samples: counters, interval statistics, gaps and quality."""

from .counters import (
    Correction,
    CorrectionKind,
    CounterReading,
    CounterStep,
    CounterTrack,
    advance,
)
from .counting import exchange_reading
from .harmonics import RECORDED_RANKS, HarmonicSample, harmonic_samples
from .limits import hourly_limit_milli
from .open_count import OpenCount
from .samples import Booking, CounterState, Quality, Sample, Statistic, to_milli
from .sampling import Accumulator
from .states import ObservedStates, StateChange, StateWatch
from .stuck import StuckRule

__all__ = [
    "RECORDED_RANKS",
    "Accumulator",
    "Booking",
    "Correction",
    "CorrectionKind",
    "CounterReading",
    "CounterState",
    "CounterStep",
    "CounterTrack",
    "HarmonicSample",
    "ObservedStates",
    "OpenCount",
    "Quality",
    "Sample",
    "StateChange",
    "StateWatch",
    "Statistic",
    "StuckRule",
    "advance",
    "exchange_reading",
    "harmonic_samples",
    "hourly_limit_milli",
    "to_milli",
]
