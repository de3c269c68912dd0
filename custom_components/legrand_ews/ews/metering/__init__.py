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
from .limits import hourly_limit_milli
from .open_count import OpenCount
from .samples import Booking, CounterState, Quality, Sample, Statistic, to_milli
from .sampling import Accumulator
from .states import ObservedStates, StateChange, StateWatch
from .stuck import StuckRule

__all__ = [
    "Accumulator",
    "Booking",
    "Correction",
    "CorrectionKind",
    "CounterReading",
    "CounterState",
    "CounterStep",
    "CounterTrack",
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
    "hourly_limit_milli",
    "to_milli",
]
