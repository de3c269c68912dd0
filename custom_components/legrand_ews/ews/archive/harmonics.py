"""Harmonics rank by rank: what was read of each series, once an interval."""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from ..metering import RECORDED_RANKS, HarmonicSample
from ..timegrid import Span
from .base import ArchiveBase
from .dialects import replace, within
from .grid import from_epoch, to_epoch
from .tables import HARMONICS, harmonic_column

_SECOND: Final = timedelta(seconds=1)


class HarmonicsArchive(ArchiveBase):
    """The part of the archive that keeps harmonics; `Archive.write` stores them."""

    def harmonics(
        self, span: Span, device_ids: Collection[int] | None = None
    ) -> list[HarmonicSample]:
        """Harmonics of intervals that start in a span, by start, device and series."""
        with self._reading() as connection:
            return list(_read(connection, span, device_ids))

    def harmonics_span(self, device_id: int) -> Span | None:
        """From the first to the last interval that is kept; None without any."""
        of = HARMONICS.c
        rows = select(of.start, of.length).where(of.device_id == device_id).limit(1)
        with self._reading() as connection:
            first = connection.execute(rows.order_by(of.start)).one_or_none()
            last = connection.execute(rows.order_by(of.start.desc())).one_or_none()
        if first is None or last is None:
            return None
        return Span(from_epoch(first.start), from_epoch(last.start + last.length))

    def harmonic_ranks(self, span: Span, device_id: int) -> dict[str, tuple[int, ...]]:
        """By series, the ranks that a device has shown in a span."""
        of = HARMONICS.c
        counts = [func.count(of[harmonic_column(rank)]) for rank in RECORDED_RANKS]
        query = (
            select(of.series, *counts)
            .where(
                of.device_id == device_id,
                *within(of.start, to_epoch(span.start), to_epoch(span.end)),
            )
            .group_by(of.series)
        )
        with self._reading() as connection:
            return {
                series: tuple(
                    rank
                    for rank, count in zip(RECORDED_RANKS, found, strict=True)
                    if count
                )
                for series, *found in connection.execute(query)
            }


def write_harmonics(connection: Connection, samples: Iterable[HarmonicSample]) -> None:
    """Store harmonics; those of the same device, series and interval are replaced."""
    rows = [
        {
            "device_id": sample.device_id,
            "start": to_epoch(sample.start),
            "length": sample.length // _SECOND,
            "series": sample.series,
            **{
                harmonic_column(rank): sample.shares_milli.get(rank)
                for rank in RECORDED_RANKS
            },
        }
        for sample in samples
    ]
    replace(connection, HARMONICS, rows)


def _read(
    connection: Connection, span: Span, device_ids: Collection[int] | None
) -> Iterator[HarmonicSample]:
    of = HARMONICS.c
    query = (
        select(HARMONICS)
        .where(*within(of.start, to_epoch(span.start), to_epoch(span.end)))
        .order_by(of.start, of.device_id, of.length, of.series)
    )
    if device_ids is not None:
        query = query.where(of.device_id.in_(list(device_ids)))
    for device_id, start, length, series, *shares in connection.execute(query):
        yield HarmonicSample(
            device_id=device_id,
            series=series,
            start=from_epoch(start),
            length=timedelta(seconds=length),
            shares_milli={
                rank: share
                for rank, share in zip(RECORDED_RANKS, shares, strict=True)
                if share is not None
            },
        )
