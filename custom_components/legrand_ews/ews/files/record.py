"""What a site has recorded, and when: what folders list and files cover."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from ..archive import FluidTotal, RememberedObject, Roster
from ..consumption import Directory
from ..model import Installation, ObjectKind
from ..quantities import Fluid
from ..timegrid import Period, Span, local_day, period_span, sample_start
from .source import FileSource


class Record:
    """The archive's answer to who recorded what, asked once each (blocking)."""

    def __init__(self, site: Installation, source: FileSource) -> None:
        """Take the installation of today; nothing is asked yet."""
        self.site = site
        self.source = source

    @cached_property
    def objects(self) -> list[RememberedObject]:
        """Every object that the site ever had."""
        return self.source.objects()

    @cached_property
    def directory(self) -> Directory:
        """Which device counts where."""
        return Directory(self.site, self.objects)

    @cached_property
    def rosters(self) -> Mapping[str, list[Roster]]:
        """What the columns of files were."""
        return self.source.rosters()

    @cached_property
    def devices(self) -> tuple[int, ...]:
        """Devices of today, and those that were deleted but have a history (Q7)."""
        return tuple(
            number
            for number in self.directory.members
            if number in self.site.devices or self.span_of(number) is not None
        )

    @cached_property
    def span(self) -> Span | None:
        """From the first to the last sample of any device."""
        return _around(Span(x.first_start, x.last_end) for x in self._totals)

    def span_of(self, device_id: int) -> Span | None:
        """From the first to the last sample of a device.

        One that counts no fluid recorded, as far as is known, while it was there.
        """
        totals = [x for x in self._totals if x.device_id == device_id]
        if totals:
            return _around(Span(x.first_start, x.last_end) for x in totals)
        return self._presence.get(device_id)

    def span_of_fluid(self, fluid: Fluid) -> Span | None:
        """From the first to the last sample of a fluid."""
        return _around(self.spans(fluid).values())

    def spans(self, fluid: Fluid) -> Mapping[int, Span]:
        """From the first to the last sample of a fluid, by device."""
        return {
            total.device_id: Span(total.first_start, total.last_end)
            for total in self._totals
            if total.fluid is fluid
        }

    def name_of(self, kind: ObjectKind | None, number: int) -> str:
        """The name of an object that there is or was; the site's for no kind."""
        if kind is None:
            return self.site.name
        return self._names.get((kind, number), "")

    @cached_property
    def _names(self) -> Mapping[tuple[ObjectKind, int], str]:
        parts = (
            (ObjectKind.DEVICE, self.site.devices),
            (ObjectKind.LOAD, self.site.loads),
            (ObjectKind.GROUP, self.site.groups),
        )
        return {(item.kind, item.id): item.name for item in self.objects} | {
            (kind, part.id): part.name
            for kind, of_kind in parts
            for part in of_kind.values()
        }

    def months(self, span: Span) -> Iterator[tuple[str, Span]]:
        """The civil months that a span touches, each with its name: ``2026-11``."""
        zone = self.site.zone
        month = period_span(Period.MONTH, local_day(span.start, zone), zone)
        while month.start < span.end:
            day = local_day(month.start, zone)
            yield f"{day:%Y-%m}", month
            month = period_span(Period.MONTH, local_day(month.end, zone), zone)

    def parts(self, span: Span) -> Iterator[tuple[str, Span]]:
        """What of a span lies in each of its months, with the name of the month."""
        for name, month in self.months(span):
            part = common(span, month)
            if part is not None:
                yield name, part

    @cached_property
    def _totals(self) -> list[FluidTotal]:
        return self.source.totals()

    @cached_property
    def _presence(self) -> Mapping[int, Span]:
        """When devices without a fluid were there, up to the last known interval."""
        return {
            item.id: Span(self._edge(item.first_seen), end)
            for item in self.objects
            if item.kind is ObjectKind.DEVICE
            and (end := self._edge(self._last_moment(item))) > item.first_seen
        }

    def _last_moment(self, item: RememberedObject) -> datetime:
        if item.is_archived or self.span is None:
            return item.last_seen
        return max(self.span.end, item.last_seen)

    def _edge(self, instant: datetime) -> datetime:
        return sample_start(instant, self.site.sample_length, self.site.zone)


def common(first: Span, second: Span) -> Span | None:
    """The time in both spans; None where there is none."""
    span = Span(max(first.start, second.start), min(first.end, second.end))
    return span if span.start < span.end else None


def _around(spans: Iterable[Span]) -> Span | None:
    known = list(spans)
    if not known:
        return None
    return Span(min(x.start for x in known), max(x.end for x in known))
