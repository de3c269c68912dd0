"""Which weeks of which devices are still to be checked, and the checks of the past."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from ..archive import StoredFinding
from ..metering import Sample
from ..model import Installation
from ..timegrid import Period, Span, local_day, period_span
from .criteria import INTERCONNECTED, Criterion, Edition
from .judging import Finding, Verdict, WeekCheck, judge
from .observing import OBSERVED, observe

_WEEK: Final = timedelta(weeks=1)
MOST_WEEKS: Final = 10
"""How far back weeks are made up for that nobody has checked."""


class FindingsSource(Protocol):
    """The archive, as far as past checks are read (blocking)."""

    def quality_findings(
        self, device_ids: Collection[int] | None = None
    ) -> list[StoredFinding]:
        """What earlier checks have found, by week and device; raises ArchiveError."""


class QualityArchive(FindingsSource, Protocol):
    """The archive, as far as checks read and write it; all block.

    Every method raises ArchiveError.
    """

    def stream_samples(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> Iterator[Sample]:
        """Samples that start in a span, by start and device."""

    def quantities_of(
        self, device_ids: Collection[int] | None = None
    ) -> dict[int, frozenset[str]]:
        """What was ever recorded of each device."""

    def write_quality_findings(self, findings: Iterable[StoredFinding]) -> None:
        """Store what checks have found."""


def eq_devices(installation: Installation) -> tuple[int, ...]:
    """The power-quality devices of all gateways, by number (S87)."""
    chosen = {gateway.eq_device_id for gateway in installation.gateways.values()}
    return tuple(number for number in sorted(installation.devices) if number in chosen)


def week_of(day: date, zone: ZoneInfo) -> Span:
    """The week that holds a day, from Monday 00:00 local time."""
    return period_span(Period.WEEK, day, zone)


def last_week(now: datetime, zone: ZoneInfo) -> Span:
    """The last week that is over."""
    return week_of(local_day(now, zone) - _WEEK, zone)


def check_due(
    installation: Installation,
    archive: QualityArchive,
    now: datetime,
    edition: Edition = INTERCONNECTED,
) -> tuple[WeekCheck, ...]:
    """Check and store the weeks that are over and were not checked, oldest first.

    A device that was never checked begins with the last week, if it has recorded
    anything in it. Blocks; raises ArchiveError.
    """
    zone = installation.zone
    made: list[WeekCheck] = []
    for device_id in eq_devices(installation):
        known = past_checks(archive, zone, (device_id,))
        for week in _due_weeks(known, last_week(now, zone), zone):
            check = check_week(archive, device_id, week, zone, edition)
            if known or any(finding.valid for finding in check.findings):
                made.append(check)
    made.sort(key=lambda check: (check.week.start, check.device_id))
    archive.write_quality_findings(x for check in made for x in _stored(check))
    return tuple(made)


def check_week(
    archive: QualityArchive,
    device_id: int,
    week: Span,
    zone: ZoneInfo,
    edition: Edition = INTERCONNECTED,
) -> WeekCheck:
    """Check one week of a device, storing nothing. Blocks; raises ArchiveError."""
    samples = archive.stream_samples(week, (device_id,), OBSERVED)
    recorded = archive.quantities_of((device_id,)).get(device_id, frozenset())
    return WeekCheck(
        device_id=device_id,
        week=week,
        edition=edition.key,
        findings=judge(edition, observe(samples, week, zone, recorded)),
    )


def past_checks(
    archive: FindingsSource,
    zone: ZoneInfo,
    device_ids: Collection[int] | None = None,
) -> tuple[WeekCheck, ...]:
    """What was found before, by week and device. Blocks; raises ArchiveError."""
    stored = archive.quality_findings(device_ids)
    return tuple(
        _check(device_id, start, list(rows), zone)
        for (start, device_id), rows in groupby(
            stored, key=lambda row: (row.start, row.device_id)
        )
    )


def _due_weeks(known: Sequence[WeekCheck], last: Span, zone: ZoneInfo) -> list[Span]:
    due = [last]
    if known:
        done = known[-1].week.start
        while due[-1].start > done and len(due) <= MOST_WEEKS:
            due.append(week_of(local_day(due[-1].start, zone) - _WEEK, zone))
        due.pop()
    return due[::-1]


def _stored(check: WeekCheck) -> Iterator[StoredFinding]:
    for finding in check.findings:
        yield StoredFinding(
            start=check.week.start,
            device_id=check.device_id,
            edition=check.edition,
            **asdict(finding),
        )


def _check(
    device_id: int, start: datetime, rows: Sequence[StoredFinding], zone: ZoneInfo
) -> WeekCheck:
    findings = [
        Finding(
            criterion=Criterion(row.criterion),
            channel=row.channel,
            verdict=Verdict(row.verdict),
            is_met=row.is_met,
            expected=row.expected,
            valid=row.valid,
            outside=row.outside,
            beyond=row.beyond,
            worst_milli=row.worst_milli,
        )
        for row in rows
    ]
    order = list(Criterion)
    return WeekCheck(
        device_id=device_id,
        week=week_of(local_day(start, zone), zone),
        edition=rows[0].edition,
        findings=tuple(sorted(findings, key=lambda x: order.index(x.criterion))),
    )
