"""A ledger as a source of amounts, so that costs take the way that energy takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..archive import Archive, FluidTotal
from ..consumption import Amounts
from ..consumption.amounts import Milli
from ..quantities import Fluid
from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class _Counted:
    amount_milli: Milli
    covered_s: int = 0


class TariffSource:
    """The amounts of some tariffs, or their costs, as a source like the archive.

    Costs stand where amounts do, in 10⁻¹⁸ of the currency; what is known of a bucket
    is not told.
    """

    def __init__(
        self, ledger: Ledger, tariffs: Collection[int] | None, *, is_cost: bool
    ) -> None:
        """Take ``tariffs`` from a ledger, all of them where they are None."""
        self._ledger = ledger
        self._tariffs = tariffs
        self._is_cost = is_cost

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts or costs by device and index of the bucket."""
        sums: dict[int, dict[int, Milli]] = {}
        for tariff_id, devices in self._ledger.split(edges).items():
            if self._tariffs is not None and tariff_id not in self._tariffs:
                continue
            for device_id, buckets in devices.items():
                known = sums.setdefault(device_id, {})
                for bucket, booked in buckets.items():
                    value = booked.cost if self._is_cost else booked.amount_milli
                    known[bucket] = known.get(bucket, 0) + value
        return {
            device_id: {bucket: _Counted(value) for bucket, value in buckets.items()}
            for device_id, buckets in sums.items()
        }

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._ledger.totals()


class PiecewiseArchive:
    """An archive that reads every amount the way in which costs are read."""

    def __init__(self, archive: Archive) -> None:
        """Ask ``archive``."""
        self._archive = archive

    def amounts(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> Amounts:
        """Amounts of all devices or some, by device and index of the bucket."""
        return self._archive.amounts_in_pieces(fluid, edges, device_ids)

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._archive.totals()
