"""What a user should know of his rules: times without a tariff, rules that never win."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..timegrid import Span, local_midnight
from .day_plan import DayPlans, Frame
from .plan import Mode, Tariff, TariffPlan
from .timeline import TariffTimeline

_LEAP_CYCLE_DAYS: Final = 8 * 366
"""Long enough to meet 29 February, also across a year that is no leap year."""
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Minutes of a weekday in which no rule is true (Q12).

    ``weekday`` is 0 (Monday) to 6, ``last_minute`` is included. The gap is there on
    ``days`` days of the year under review, first on ``first_day``.
    """

    weekday: int
    first_minute: int
    last_minute: int
    first_day: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A rule that never wins; ``hidden_by`` are the rules that are true before it.

    Nothing hides a rule whose dates and weekdays meet on no day.
    """

    rule: int
    hidden_by: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Times without a tariff, rules that never win, and when the modes differ."""

    gaps: tuple[Gap, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    disagreements: tuple[Span, ...] = ()


def review(plan: TariffPlan, today: date, zone: ZoneInfo) -> Review:
    """Look at the year that begins today (S272).

    A fluid without any rule has no gaps: it is free, as the user has left it.
    """
    if not plan.rules:
        return Review()
    return Review(
        gaps=tuple(gaps(plan, today)),
        unreachable=tuple(unreachable(plan, today)),
        disagreements=tuple(disagreements(plan, today, zone)),
    )


def late_tariffs(plan: TariffPlan) -> list[tuple[Tariff, date]]:
    """Return the tariffs whose prices begin with a date, and that date.

    What was consumed before it is priced by the first of them (Q9).
    """
    return [
        (tariff, first)
        for tariff in plan.tariffs
        if tariff.prices and (first := tariff.dated_prices[0].valid_from) is not None
    ]


def gaps(plan: TariffPlan, first_day: date) -> list[Gap]:
    """Find the times without a tariff in the year that begins with ``first_day``."""
    days = DayPlans(plan.rules)
    found: defaultdict[tuple[int, int, int], list[date]] = defaultdict(list)
    for day in _days(first_day, 366):
        for stretch in days.stretches(day):
            if stretch.rule is None:
                found[day.weekday(), stretch.start, stretch.end].append(day)
    return [
        Gap(
            weekday=weekday,
            first_minute=start,
            last_minute=end - 1,
            first_day=on[0],
            days=len(on),
        )
        for (weekday, start, end), on in sorted(found.items())
    ]


def unreachable(plan: TariffPlan, today: date) -> list[Unreachable]:
    """Find the rules that win at no minute of any day on which they could.

    All dates of the rules are looked at, past and future, and eight years from
    ``today``, so that a 29 February is among them.
    """
    days = DayPlans(plan.rules)
    winners: set[int] = set()
    rivals: defaultdict[int, set[int]] = defaultdict(set)
    seen: set[tuple[Frame, ...]] = set()
    for day in _days_of_interest(plan, today):
        frames = days.frames(day)
        if frames in seen:
            continue
        seen.add(frames)
        stretches = days.stretches(day)
        winners |= {s.rule for s in stretches if s.rule is not None}
        for frame in frames:
            rivals[frame.rule] |= {
                stretch.rule
                for stretch in stretches
                if stretch.rule is not None
                and stretch.rule < frame.rule
                and stretch.start < frame.end
                and frame.start < stretch.end
            }
    return [
        Unreachable(rule=number, hidden_by=tuple(sorted(rivals[number])))
        for number in range(len(plan.rules))
        if number not in winners
    ]


def disagreements(plan: TariffPlan, first_day: date, zone: ZoneInfo) -> list[Span]:
    """Find when the two modes choose different rules, in a year of local days (Q22)."""
    start = local_midnight(first_day, zone)
    span = Span(start, local_midnight(first_day + timedelta(days=365), zone))
    literal, first_true = (
        list(TariffTimeline(replace(plan, mode=mode), zone).segments(span))
        for mode in (Mode.EWS, Mode.CONTINUOUS)
    )
    found: list[Span] = []
    for one in literal:
        for other in first_true:
            begin, end = max(one.start, other.start), min(one.end, other.end)
            if begin >= end or one.rule == other.rule:
                continue
            if found and found[-1].end == begin:
                begin = found.pop().start
            found.append(Span(begin, end))
    return found


def _days(first_day: date, count: int) -> Iterator[date]:
    return (first_day + number * _ONE_DAY for number in range(count))


def _days_of_interest(plan: TariffPlan, today: date) -> Iterator[date]:
    yield from _days(today, _LEAP_CYCLE_DAYS)
    for rule in plan.rules:
        if rule.is_yearly:
            continue
        first = rule.first_day or (rule.last_day or today) - timedelta(days=366)
        last = rule.last_day or first + timedelta(days=366)
        yield from _days(first, min((last - first).days + 2, _LEAP_CYCLE_DAYS))
