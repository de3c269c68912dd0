"""From the intervals of a week to a verdict (S88, Q26)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from ..timegrid import Span
from .criteria import SHARE_OF_VALID_PERMILLE, Criterion, Edition, Rule

_MILLI: Final = 1000


class Verdict(StrEnum):
    """What a week is said to be."""

    OK = "ok"
    KO = "ko"
    INCOMPLETE = "incomplete"
    """Fewer than 90 % of the intervals are valid."""
    NOT_EVALUATED = "not_evaluated"
    """The device does not measure it, or not in intervals of ten minutes."""


class Channel(NamedTuple):
    """One row of values: the name of its rule, and the phase or phases it is of."""

    rule: str
    phase: str


class Interval(NamedTuple):
    """Mean, smallest and largest value of an interval, in thousandths."""

    mean_milli: int
    minimum_milli: int
    maximum_milli: int


type Series = Sequence[Interval | None]
"""The intervals of a week in their order; None for one that is flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One channel of a criterion over a week.

    ``valid`` of the ``expected`` intervals count (N); ``outside`` of them are outside
    the usual limits (N_out), ``beyond`` outside those that hold always. ``is_met`` says
    whether the valid ones meet the criterion, even where the verdict is incomplete;
    None without any. ``channel`` is the phase, with the order of a harmonic.
    """

    criterion: Criterion
    channel: str
    verdict: Verdict
    is_met: bool | None = None
    expected: int = 0
    valid: int = 0
    outside: int = 0
    beyond: int = 0
    worst_milli: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCheck:
    """What was found of a device in a week; ``edition`` is the key of the rules."""

    device_id: int
    week: Span
    edition: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """OK where every evaluated criterion is met; incomplete where none is."""
        verdict = _joined(finding.verdict for finding in self.findings)
        return Verdict.INCOMPLETE if verdict is Verdict.NOT_EVALUATED else verdict

    def findings_of(self, criterion: Criterion) -> tuple[Finding, ...]:
        """The channels of a criterion."""
        return tuple(x for x in self.findings if x.criterion is criterion)

    def verdict_of(self, criterion: Criterion) -> Verdict:
        """The verdict over all channels of a criterion."""
        return _joined(finding.verdict for finding in self.findings_of(criterion))

    @property
    def failed(self) -> tuple[Criterion, ...]:
        """Criteria that the valid intervals do not meet, incomplete ones too."""
        return tuple(
            criterion
            for criterion in Criterion
            if any(x.is_met is False for x in self.findings_of(criterion))
        )


def judge(edition: Edition, series: Mapping[Channel, Series]) -> tuple[Finding, ...]:
    """Judge every channel by itself; what has none is not evaluated (Q26)."""
    judged = [
        _judged(edition.rules[channel.rule], channel.phase, values)
        for channel, values in series.items()
    ]
    found: list[Finding] = []
    for criterion in Criterion:
        of_criterion = [x for x in judged if x.criterion is criterion]
        found += of_criterion or [
            Finding(criterion=criterion, channel="", verdict=Verdict.NOT_EVALUATED)
        ]
    return tuple(found)


def _judged(rule: Rule, phase: str, series: Series) -> Finding:
    valid = [interval for interval in series if interval is not None]
    outside = sum(interval.mean_milli not in rule.usual for interval in valid)
    beyond = sum(_is_beyond(rule, interval) for interval in valid)
    is_met = None
    if valid:
        is_met = not beyond and outside * _MILLI <= rule.allowed_permille * len(valid)
    verdict = Verdict.OK if is_met else Verdict.KO
    if not valid or len(valid) * _MILLI < SHARE_OF_VALID_PERMILLE * len(series):
        verdict = Verdict.INCOMPLETE
    return Finding(
        criterion=rule.criterion,
        channel=phase if rule.order is None else f"{phase}_h{rule.order}",
        verdict=verdict,
        is_met=is_met,
        expected=len(series),
        valid=len(valid),
        outside=outside,
        beyond=beyond,
        worst_milli=_worst(rule, valid),
    )


def _is_beyond(rule: Rule, interval: Interval) -> bool:
    return rule.always is not None and any(
        value not in rule.always for value in _judged_always(rule, interval)
    )


def _judged_always(rule: Rule, interval: Interval) -> tuple[int, ...]:
    if rule.is_for_extremes:
        return interval.minimum_milli, interval.maximum_milli
    return (interval.mean_milli,)


def _worst(rule: Rule, valid: Sequence[Interval]) -> int | None:
    """The value that is farthest from the nominal one."""
    return max(
        (value for interval in valid for value in _judged_always(rule, interval)),
        key=lambda value: abs(value - rule.nominal_milli),
        default=None,
    )


_FIRST_COUNTS: Final = (Verdict.INCOMPLETE, Verdict.KO, Verdict.OK)


def _joined(verdicts: Iterable[Verdict]) -> Verdict:
    known = set(verdicts)
    return next((x for x in _FIRST_COUNTS if x in known), Verdict.NOT_EVALUATED)
