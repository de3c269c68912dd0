"""The weekly check of the power quality against EN 50160 (S87-S89, S251-S256)."""

from .criteria import EDITIONS, INTERCONNECTED, ISLANDED, UNITS, Criterion, Edition
from .judging import Channel, Finding, Interval, Verdict, WeekCheck, judge
from .observing import observe, unbalance_milli
from .weekly import (
    FindingsSource,
    check_due,
    check_week,
    eq_devices,
    last_week,
    past_checks,
    week_of,
)

__all__ = [
    "EDITIONS",
    "INTERCONNECTED",
    "ISLANDED",
    "UNITS",
    "Channel",
    "Criterion",
    "Edition",
    "Finding",
    "FindingsSource",
    "Interval",
    "Verdict",
    "WeekCheck",
    "check_due",
    "check_week",
    "eq_devices",
    "judge",
    "last_week",
    "observe",
    "past_checks",
    "unbalance_milli",
    "week_of",
]
