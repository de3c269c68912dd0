"""The whole site as one meter: what sub-meters count is inside their main meter (S81)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from ..archive import TOGETHER
from ..quantities import Fluid
from ..timegrid import Span
from .books import Metered
from .course import Timeline
from .ledger import Booked, Ledger

type DeviceIds = frozenset[int] | None
"""Devices by number; None: all there are."""


class WholeSite:
    """What all devices of a fluid have counted together.

    A sub-meter counts by itself only while none of its main meters was recorded: what
    `Shares` makes of one device after the other, for all of them at once.
    """

    def __init__(self, fluid: Fluid, metered: Metered) -> None:
        """Ask the archive of ``metered``."""
        self.fluid = fluid
        self._metered = metered
        members = metered.directory.members.values()
        among = {member.id for member in members if not member.is_excluded}
        recorded = {
            total.device_id: Span(total.first_start, total.last_end)
            for total in metered.archive.totals()
            if total.fluid is fluid
        }
        self._extents = {x: recorded[x] for x in sorted(among & recorded.keys())}
        self._has_others = len(self._extents) < len(recorded)

    @property
    def extents(self) -> Mapping[int, Span]:
        """When each device of the site was recorded, by number and in order of it."""
        return self._extents

    @property
    def recorded(self) -> Span | None:
        """When the fluid was recorded (UTC); None before its first sample."""
        known = self._extents.values()
        if not known:
            return None
        return Span(min(x.start for x in known), max(x.end for x in known))

    def above(self, device_id: int) -> tuple[int, ...]:
        """Main meters of a device with samples in the site, the nearest first."""
        return tuple(self._metered.directory.tree.above(device_id, self._extents))

    def amounts(self, edges: Sequence[datetime]) -> list[int]:
        """Return what was counted between rising instants, in thousandths."""
        found = [0] * (len(edges) - 1)
        for offset, inside, ids in self._parts(edges):
            sums = self._metered.archive.summed_in_pieces(self.fluid, inside, ids)
            for place, amount in sums.items():
                found[offset + place] += amount
        return found

    def by_tariff(
        self, edges: Sequence[datetime], timeline: Timeline, *, uses_kept: bool = True
    ) -> Mapping[int, list[Booked]]:
        """Return what was counted between rising instants under each tariff.

        Without ``uses_kept`` it is computed from hours and samples.
        """
        found: dict[int, list[Booked]] = {}
        for offset, inside, ids in self._parts(edges):
            ledger = Ledger(
                self._metered.archive,
                self.fluid,
                timeline,
                self._metered.zone,
                device_ids=ids,
                uses_kept=uses_kept,
                is_summed=True,
            )
            for tariff_id, devices in ledger.split(inside).items():
                own = found.setdefault(tariff_id, [Booked() for _ in edges[1:]])
                for place, booked in devices[TOGETHER].items():
                    own[offset + place].amount_milli += booked.amount_milli
                    own[offset + place].cost += booked.cost
        return found

    def _parts(
        self, edges: Sequence[datetime]
    ) -> Iterator[tuple[int, list[datetime], DeviceIds]]:
        """Yield times with the same devices: number of their first bucket, and edges."""
        mains = {
            number: [self._extents[main] for main in self.above(number)]
            for number in self._extents
        }
        changes = {
            at
            for extents in mains.values()
            for extent in extents
            for at in (extent.start, extent.end)
            if edges[0] < at < edges[-1]
        }
        for start, end in pairwise([edges[0], *sorted(changes), edges[-1]]):
            counting = frozenset(
                number
                for number, extents in mains.items()
                if not any(x.start <= start and end <= x.end for x in extents)
            )
            if not counting:
                continue
            first = next(n for n, after in enumerate(edges[1:]) if start < after)
            inside = [start, *(x for x in edges if start < x < end), end]
            is_every = not self._has_others and counting == self._extents.keys()
            yield first, inside, None if is_every else counting
