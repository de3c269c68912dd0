"""What the files ask of the archive."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..archive import (
    Cells,
    CourseRow,
    DataKind,
    FluidTotal,
    RememberedObject,
    Roster,
    StateChange,
)
from ..metering import HarmonicSample, Sample
from ..power_quality import FindingsSource
from ..quantities import Fluid
from ..timegrid import Span


class FileSource(FindingsSource, Protocol):
    """The archive, as far as files read it; every method blocks.

    All raise ArchiveError where it cannot be read.
    """

    def stream_samples(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> Iterator[Sample]:
        """Samples that start in a span, by start and device."""

    def course(
        self, span: Span, device_id: int, quantities: Sequence[str]
    ) -> Iterator[CourseRow]:
        """What a device recorded of some quantities in a span, as plain numbers."""

    def quantities_of(
        self, device_ids: Collection[int] | None = None
    ) -> Mapping[int, frozenset[str]]:
        """What was ever recorded of each device."""

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> dict[int, Cells]:
        """Amounts by device and index of the bucket."""

    def states(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> list[StateChange]:
        """Changes of states within a span, led by what held when it began."""

    def harmonics(
        self, span: Span, device_ids: Collection[int] | None = None
    ) -> list[HarmonicSample]:
        """Harmonics of intervals that start in a span, by start, device and series."""

    def harmonics_span(self, device_id: int) -> Span | None:
        """From the first to the last interval that is kept; None without any."""

    def harmonic_ranks(
        self, span: Span, device_id: int
    ) -> Mapping[str, tuple[int, ...]]:
        """By series, the ranks that a device has shown in a span."""

    def kept_since(self, kind: DataKind) -> datetime | None:
        """Before this instant, samples of a kind were let go; None while all are kept."""

    def totals(self) -> list[FluidTotal]:
        """First and last sample of every device and fluid."""

    def objects(self) -> list[RememberedObject]:
        """Every object that the site ever had."""

    def rosters(self) -> Mapping[str, list[Roster]]:
        """What the columns of files were, and since when."""
