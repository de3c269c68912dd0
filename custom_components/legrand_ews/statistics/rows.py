"""Long-term statistics in Home Assistant's recorder, read where its API has no question.

All functions block and belong into the recorder's own executor.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from homeassistant.components.recorder.db_schema import (
    Statistics,
    StatisticsShortTerm,
)
from homeassistant.components.recorder.models import StatisticMetaData
from homeassistant.components.recorder.statistics import get_metadata
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import session_scope
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..ews.timegrid import Span

type Tables = type[Statistics | StatisticsShortTerm]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticRow:
    """One row: the hour or five minutes from ``start`` on, in the statistic's unit."""

    start: datetime
    state: float | None
    sum: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStatistic:
    """What the recorder has of a statistic around a span of time.

    ``before`` and ``last`` are the latest hours that start before the span's start and
    its end; ``short_term`` is the latest five minutes.
    """

    metadata: StatisticMetaData
    before: StatisticRow | None
    last: StatisticRow | None
    short_term: StatisticRow | None


def known_statistics(
    hass: HomeAssistant, spans: Mapping[str, Span]
) -> dict[str, KnownStatistic]:
    """Return what is known of statistics, each around a span of its own."""
    known: dict[str, KnownStatistic] = {}
    metadata = get_metadata(hass, statistic_ids=set(spans))
    with session_scope(hass=hass, read_only=True) as session:
        for statistic_id, (number, about) in metadata.items():
            span = spans[statistic_id]
            known[statistic_id] = KnownStatistic(
                metadata=about,
                before=_latest(session, Statistics, number, span.start),
                last=_latest(session, Statistics, number, span.end),
                short_term=_latest(session, StatisticsShortTerm, number, None),
            )
    return known


def recorded_hours(
    hass: HomeAssistant,
    statistic_ids: Collection[str],
    start: datetime,
    end: datetime,
) -> dict[str, set[datetime]]:
    """Return the hours between two instants of which there are rows already."""
    metadata = get_metadata(hass, statistic_ids=set(statistic_ids))
    hours: dict[str, set[datetime]] = {}
    with session_scope(hass=hass, read_only=True) as session:
        for statistic_id, (number, _) in metadata.items():
            query = select(Statistics.start_ts).where(
                Statistics.metadata_id == number,
                Statistics.start_ts >= start.timestamp(),
                Statistics.start_ts < end.timestamp(),
            )
            hours[statistic_id] = {
                datetime.fromtimestamp(at, UTC)
                for at in session.scalars(query)
                if at is not None
            }
    return hours


def _latest(
    session: Session, table: Tables, number: int, before: datetime | None
) -> StatisticRow | None:
    query = (
        select(table.start_ts, table.state, table.sum)
        .where(table.metadata_id == number)
        .order_by(table.start_ts.desc())
        .limit(1)
    )
    if before is not None:
        query = query.where(table.start_ts < before.timestamp())
    row = session.execute(query).first()
    if row is None or row.start_ts is None:
        return None
    return StatisticRow(
        start=datetime.fromtimestamp(row.start_ts, UTC), state=row.state, sum=row.sum
    )
