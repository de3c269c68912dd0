"""Where amounts come from: the archive, and gas as the energy that it holds (S163)."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from ..archive import Cells, FluidTotal
from ..errors import ConfigurationError
from ..model.gas import GasFactor
from ..quantities import FLUID_COUNTERS, QUANTITIES, Fluid, Unit
from ..timegrid import local_midnight

type Milli = int | Fraction
"""Thousandths of Wh or dm³; gas as energy may have parts of them."""


class Counted(Protocol):
    """What one device counted in a bucket; ``covered_s`` seconds of it are known."""

    @property
    def amount_milli(self) -> Milli:
        """The amount in thousandths of Wh or dm³."""

    @property
    def covered_s(self) -> int:
        """Seconds of the bucket that are known."""


type Amounts = Mapping[int, Mapping[int, Counted]]
"""By device, by index of the bucket; what is not there is unknown."""


def amounts_of(cells: Mapping[int, Counted], length: int) -> list[Milli | None]:
    """A device's amounts in all buckets; None where nothing is known."""
    if isinstance(cells, Cells):
        return [*cells.amounts_milli(length)]
    values: list[Milli | None] = [None] * length
    for bucket, counted in cells.items():
        values[bucket] = counted.amount_milli
    return values


def known_seconds(cells: Mapping[int, Counted], length: int) -> list[int]:
    """How many seconds of each bucket are known of a device."""
    if isinstance(cells, Cells):
        return cells.covered_s(length)
    return [cells[n].covered_s if n in cells else 0 for n in range(length)]


class AmountsSource(Protocol):
    """Amounts by fluid and bucket: the archive's part of the work."""

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts by device and index of the bucket."""

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""


class Archived(Protocol):
    """The archive: a source that can leave out devices nobody asked for."""

    def amounts(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> Amounts:
        """Amounts of all devices or some, by device and index of the bucket."""

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""


class OfDevices:
    """A source of some devices; all of them where ``device_ids`` is None."""

    def __init__(self, archive: Archived, device_ids: Collection[int] | None) -> None:
        """Ask ``archive``, and it for these devices only."""
        self._archive = archive
        self._device_ids = device_ids

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts by device and index of the bucket."""
        return self._archive.amounts(fluid, edges, self._device_ids)

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._archive.totals()


def counted_as(fluid: Fluid) -> Fluid:
    """The fluid whose counter tells of this one: the energy of gas is a volume."""
    return Fluid.GAS if fluid is Fluid.GAS_KWH else fluid


def unit_of(fluid: Fluid) -> Unit:
    """The unit in which a fluid is answered."""
    if fluid is Fluid.GAS_KWH:
        return Unit.WATT_HOUR
    return QUANTITIES[FLUID_COUNTERS[fluid]].unit


@dataclass(frozen=True, slots=True)
class _Energy:
    amount_milli: Milli
    covered_s: int


class WithGasEnergy:
    """A source that also knows the energy of gas.

    1 cm³ of a gas that holds f kWh/m³ holds f mWh. A bucket in which the factor
    changes is cut at that midnight; before the first day the first factor counts (Q9).
    """

    def __init__(
        self, source: AmountsSource, factors: Sequence[GasFactor], zone: ZoneInfo
    ) -> None:
        """Convert with ``factors``, which are in the order of their days."""
        self._source = source
        self._factors = [Fraction(factor.kwh_per_m3) for factor in factors]
        self._changes = [
            local_midnight(factor.since, zone)
            for factor in factors[1:]
            if factor.since is not None
        ]

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts of any fluid; raises ConfigurationError ``gas_factor_missing``."""
        if fluid is not Fluid.GAS_KWH:
            return self._source.amounts(fluid, edges)
        if not self._factors:
            raise ConfigurationError("gas_factor_missing", field="fluid")
        inner = [at for at in self._changes if edges[0] < at < edges[-1]]
        pieces = sorted({*edges, *inner})
        volumes = self._source.amounts(Fluid.GAS, pieces)
        found: dict[int, dict[int, _Energy]] = {}
        places = [
            (
                bisect_right(edges, start) - 1,
                self._factors[bisect_right(self._changes, start)],
            )
            for start, _ in pairwise(pieces)
        ]
        for device_id, counted in volumes.items():
            energies = found.setdefault(device_id, {})
            for piece, volume in counted.items():
                bucket, factor = places[piece]
                before = energies.get(bucket, _Energy(0, 0))
                energies[bucket] = _Energy(
                    before.amount_milli + volume.amount_milli * factor,
                    before.covered_s + volume.covered_s,
                )
        return found

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid that has a counter."""
        return self._source.totals()
