"""What bills are made of: amounts in any pieces of time, days by tariff, and peaks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from ..quantities import Fluid
from ..timegrid import Span
from .base import ArchiveBase
from .grid import from_epoch, to_epoch
from .meta import past_revision
from .peak_days import PeakDay, read_peaks, write_peaks
from .pieces import amounts_in_pieces
from .queries import Amounts
from .rollup import over_until
from .summed import summed_in_pieces
from .tariff_days import TariffAmount, TariffDay, read_days, read_marks, write_days


class BilledArchive(ArchiveBase):
    """The part of the archive that knows of tariffs."""

    def amounts_in_pieces(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> Amounts:
        """Amounts of all devices or some between any rising instants.

        What `Archive.amounts` says, quickly also where only a few of the instants lie
        inside of hours; older ones than the samples that are kept may do so, too.
        """
        with self._reading() as connection:
            return amounts_in_pieces(connection, self._zone, fluid, edges, device_ids)

    def summed_in_pieces(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> dict[int, int]:
        """Add up what `amounts_in_pieces` says of all devices or some.

        In thousandths by number of the piece; what is not there is unknown.
        """
        with self._reading() as connection:
            return summed_in_pieces(connection, self._zone, fluid, edges, device_ids)

    def past_revision(self) -> int:
        """A number that rises whenever anything of days that are over changes."""
        with self._reading() as connection:
            return past_revision(connection)

    def over_until(self) -> datetime | None:
        """Up to here days are over; None before the first sample."""
        with self._reading() as connection:
            until = over_until(connection)
        return None if until is None else from_epoch(until)

    def tariff_day_marks(self, fluid: Fluid, span: Span) -> dict[datetime, int]:
        """Fingerprints of the days in a span that are shared out, by their start."""
        with self._reading() as connection:
            marks = read_marks(
                connection, fluid, to_epoch(span.start), to_epoch(span.end)
            )
        return {from_epoch(start): mark for start, mark in marks.items()}

    def tariff_amounts(
        self,
        fluid: Fluid,
        spans: Sequence[Span],
        device_ids: Collection[int] | None = None,
        *,
        is_summed: bool = False,
    ) -> list[tuple[int, TariffAmount]]:
        """Return what was counted by tariff in spans of days that have their marks.

        The spans rise and do not overlap; the number of its span stands with each
        amount, and what has a cost of its own comes apart. All devices together stand
        as one, `TOGETHER`, where the sum is asked for.
        """
        edges = [(to_epoch(span.start), to_epoch(span.end)) for span in spans]
        with self._reading() as connection:
            return list(
                read_days(connection, fluid, edges, device_ids, is_summed=is_summed)
            )

    def write_tariff_days(
        self, fluid: Fluid, days: Iterable[TariffDay], revision: int
    ) -> bool:
        """Store days that were shared out by what was known at a `past_revision`.

        Returns false, and stores nothing, where the past has changed since. Raises
        ArchiveError ``archive_write_failed``.
        """
        with self._writing() as connection:
            if past_revision(connection) != revision:
                return False
            write_days(connection, fluid, days)
            return True

    def peak_days(self, fluid: Fluid, length: timedelta, span: Span) -> list[PeakDay]:
        """Return the days of a span whose peaks are kept, cut into such intervals.

        A peak counts while the fingerprint of its day is what it was.
        """
        start, end = to_epoch(span.start), to_epoch(span.end)
        with self._reading() as connection:
            return list(read_peaks(connection, fluid, length, start, end))

    def write_peak_days(
        self, fluid: Fluid, length: timedelta, days: Iterable[PeakDay], revision: int
    ) -> bool:
        """Store peaks that were found in what was known at a `past_revision`.

        Returns false, and stores nothing, where the past has changed since. Raises
        ArchiveError ``archive_write_failed``.
        """
        with self._writing() as connection:
            if past_revision(connection) != revision:
                return False
            write_peaks(connection, fluid, length, days)
            return True
