"""Tables of amounts: a row an interval, a column a device, group, load or the site.

Who counts where, sub-meters included, is the totals engine's to say.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from ..billing.costs import cost_values
from ..billing.ledger import Ledger
from ..consumption import AmountsSource
from ..consumption.query import By, ConsumptionQuery, Frame, Level
from ..consumption.scope import SITE_ID, Part, Scope, scope_of
from ..consumption.sharing import Shares, Values
from ..consumption.totals import part_values
from ..model import ObjectKind
from ..quantities import Fluid
from ..timegrid import HOUR, Span, hour_start, local_day, local_midnight
from .costed import Costed
from .record import Record

__all__ = ["SITE_ID", "Table"]

_LEVELS: Final[Mapping[ObjectKind | None, Level]] = {
    None: Level.SITE,
    ObjectKind.DEVICE: Level.DEVICE,
    ObjectKind.GROUP: Level.GROUP,
    ObjectKind.LOAD: Level.LOAD,
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """The columns of one fluid: ``numbers`` of objects of a kind, in their order.

    ``kind`` is None for the site as a whole, whose only number is 0.
    """

    record: Record
    fluid: Fluid
    kind: ObjectKind | None
    numbers: Sequence[int]

    @property
    def headings(self) -> Iterator[str]:
        """Name and number of each column (S249)."""
        for number in self.numbers:
            yield f"{self.record.name_of(self.kind, number)} ({number})"

    def rows(
        self, source: AmountsSource, edges: Sequence[datetime]
    ) -> Iterator[tuple[Span, tuple[int | None, ...]]]:
        """Yield what each column counted between two edges, in thousandths.

        None where nothing is known. Raises ArchiveError (blocking).
        """
        shares = self._shares(source, edges)
        nothing: Values = [None] * shares.length
        columns = [
            nothing if part is None else part_values(part, shares)[0]
            for part in map(self._parts.get, self.numbers)
        ]
        spans = map(Span, edges[:-1], edges[1:], strict=False)
        yield from zip(spans, zip(*columns, strict=True), strict=True)

    def costs(
        self, source: AmountsSource, ledger: Ledger, edges: Sequence[datetime]
    ) -> Iterator[tuple[Span, tuple[int | None, ...]]]:
        """Yield what `rows` costs, in 10⁻¹⁸ of the currency."""
        amounts = self._shares(source, edges)
        costs = self._shares(Costed(source, ledger, self.record.source), edges)
        nothing: Sequence[int | None] = [None] * amounts.length
        columns = [
            nothing if part is None else cost_values(part, amounts, costs)[0]
            for part in map(self._parts.get, self.numbers)
        ]
        spans = map(Span, edges[:-1], edges[1:], strict=False)
        yield from zip(spans, zip(*columns, strict=True), strict=True)

    def present(self, span: Span) -> set[int]:
        """Objects of the kind that have data in a span, or in the whole hours of it."""
        devices: set[int] = set()
        for edges in _whole_parts(span, self.record.site.zone):
            devices.update(self.record.source.amounts(self.fluid, edges))
        return self._with_data(devices)

    def recorded(self) -> set[int]:
        """Objects of the kind of which there ever were data of the fluid."""
        return self._with_data(self.record.spans(self.fluid))

    def _shares(self, source: AmountsSource, edges: Sequence[datetime]) -> Shares:
        return Shares(
            source,
            self.fluid,
            Frame(span=Span(edges[0], edges[-1]), edges=tuple(edges)),
            self.record.site.zone,
            self.record.directory.tree,
            self.record.spans(self.fluid),
        )

    @cached_property
    def _parts(self) -> Mapping[int, Part]:
        scope = self._scope(None if self.kind is None else self.numbers)
        return {part.id: part for part in scope.parts if not part.is_rest}

    def _with_data(self, devices: Collection[int]) -> set[int]:
        known = frozenset(devices)
        return {
            part.id
            for part in self._scope(None).parts
            if not part.is_rest and not known.isdisjoint(part.devices)
        }

    def _scope(self, numbers: Sequence[int] | None) -> Scope:
        directory = self.record.directory
        ids = None
        if numbers is not None and self.kind is not None:
            ids = tuple(x for x in numbers if directory.knows(self.kind, x))
        query = ConsumptionQuery(
            level=_LEVELS[self.kind], by=By.LEVEL, ids=ids, fluid=self.fluid
        )
        return scope_of(query, directory)


def _whole_parts(span: Span, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The whole hours of a span, as days where they are, so that rollups answer."""
    first, last = hour_start(span.start, zone), hour_start(span.end, zone)
    if first < span.start:
        first = hour_start(first + HOUR, zone)
    midnight = local_midnight(local_day(first, zone), zone)
    if midnight < first:
        midnight = local_midnight(local_day(first, zone) + timedelta(days=1), zone)
    last_midnight = local_midnight(local_day(last, zone), zone)
    if midnight >= last_midnight:
        parts = [(first, last)]
    else:
        parts = [(first, midnight), (midnight, last_midnight), (last_midnight, last)]
    whole = [(start, end) for start, end in parts if start < end]
    yield from whole or [(span.start, span.end)]
