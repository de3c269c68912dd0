"""``eqcheck/eqcheck_<yyyy>_<version>.csv``: a line a week and device (S202, S208).

The year is that of the weeks by ISO 8601, so that no week is parted. The version rises
when a gateway gets another power-quality device; a week belongs to the device that was
chosen when it ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import Roster
from ..model import ObjectKind
from ..power_quality import UNITS, Criterion, Finding, Verdict, WeekCheck
from ..timegrid import Span, local_day, local_midnight
from .columns import EQ_ROSTER, versions
from .dialect import FileDialect, Numbers, harmless, local_time
from .record import Record

_WEEK_COLUMNS: Final = ("week", "start", "utc_offset", "device", "device_id", "edition")
_FINDING_COLUMNS: Final = ("result", "n", "n_out", "n_beyond")
_LINE_BYTES: Final = 80
_FINDING_BYTES: Final = 20

type _Column = tuple[Criterion, str]
"""A criterion and its channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqFile:
    """The weeks of one version of a year, oldest first; never none."""

    record: Record
    name: str
    checks: tuple[WeekCheck, ...]
    dialect: FileDialect

    @property
    def about_bytes_a_week(self) -> int:
        """How long a line is, about."""
        return _LINE_BYTES + len(self._columns()) * _FINDING_BYTES

    def read(self) -> Iterator[bytes]:
        """Yield the file line by line (blocking)."""
        columns = self._columns()
        yield self.dialect.heading(
            (*_WEEK_COLUMNS, "result", "intervals", *_headings(columns))
        )
        numbers = self.dialect.numbers()
        for check in self.checks:
            yield self.dialect.row(self._cells(check, columns, numbers))

    def _columns(self) -> list[_Column]:
        """Channels of any week; a criterion without one has a column all the same."""
        found = {(x.criterion, x.channel) for y in self.checks for x in y.findings}
        columns: list[_Column] = []
        for criterion in Criterion:
            channels = sorted(channel for of, channel in found if of is criterion)
            evaluated = [channel for channel in channels if channel]
            columns += [(criterion, channel) for channel in evaluated or [""]]
        return columns

    def _cells(
        self, check: WeekCheck, columns: Sequence[_Column], numbers: Numbers
    ) -> Iterator[str]:
        zone = self.record.site.zone
        yield _week_name(local_day(check.week.start, zone))
        yield from local_time(check.week.start, zone)
        yield harmless(self.record.name_of(ObjectKind.DEVICE, check.device_id))
        yield str(check.device_id)
        yield check.edition
        yield check.verdict
        yield str(max(finding.expected for finding in check.findings) or "")
        findings = {(x.criterion, x.channel): x for x in check.findings}
        for column in columns:
            yield from _cells(findings.get(column), numbers)


def eq_files(
    record: Record, checks: Sequence[WeekCheck], dialect: FileDialect
) -> Iterator[EqFile]:
    """Yield the files of the folder; versions in which no week ended have none."""
    zone = record.site.zone
    rosters = _chosen(record.rosters.get(EQ_ROSTER, ()))
    for year, of_year in groupby(checks, key=lambda check: _year(check, zone)):
        known = list(of_year)
        for version in versions(rosters, _year_span(year, zone), record.site):
            span = version.span
            weeks = tuple(x for x in known if span.start < x.week.end <= span.end)
            if weeks:
                yield EqFile(
                    record=record,
                    name=f"eqcheck_{year}_{version.number}.csv",
                    checks=weeks,
                    dialect=dialect,
                )


def _headings(columns: Sequence[_Column]) -> Iterator[str]:
    for criterion, channel in columns:
        name = f"{criterion}_{channel}" if channel else criterion
        yield from (f"{name}_{part}" for part in _FINDING_COLUMNS)
        unit = UNITS[criterion]
        yield f"{name}_worst [{unit}]" if unit else f"{name}_worst"


def _cells(finding: Finding | None, numbers: Numbers) -> Iterator[str]:
    if finding is None or finding.verdict is Verdict.NOT_EVALUATED:
        yield from (Verdict.NOT_EVALUATED, "", "", "", "")
        return
    yield finding.verdict
    yield from map(str, (finding.valid, finding.outside, finding.beyond))
    yield numbers[finding.worst_milli]


def _chosen(rosters: Sequence[Roster]) -> list[Roster]:
    """What was chosen, without the times in which nothing was, or the same again."""
    chosen = [roster for roster in rosters if roster.members]
    return [next(same) for _, same in groupby(chosen, key=lambda x: x.members)]


def _week_name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _year(check: WeekCheck, zone: ZoneInfo) -> int:
    return local_day(check.week.start, zone).isocalendar().year


def _year_span(year: int, zone: ZoneInfo) -> Span:
    """The weeks of a year: from the Monday of its first week to that of the next."""
    first, last = (date.fromisocalendar(y, 1, 1) for y in (year, year + 1))
    return Span(local_midnight(first, zone), local_midnight(last, zone))
