"""Ever-growing totals of loads, groups, boards and the site.

A total grows by what its devices add to the archive from one moment to the next, and
by nothing else: when a device joins or leaves, the energy dashboard sees neither a
jump nor a fall. Amounts are integers in thousandths of Wh or dm³.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from homeassistant.core import CALLBACK_TYPE, callback

from .descriptions import RECORDED_FLUIDS
from .ews.metering import Sample
from .ews.model import Device, Installation, ObjectKind
from .ews.quantities import FLUID_COUNTERS, Fluid


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalKey:
    """Which total: of an object, or of the site where ``kind`` is None."""

    kind: ObjectKind | None
    object_id: int | None
    fluid: Fluid


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotal:
    """A total, and for every device what the archive held when it was counted."""

    value_milli: int = 0
    counted_milli: Mapping[int, int] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @classmethod
    def first(cls, sums_milli: Mapping[int, int]) -> Self:
        """Start with all that was ever recorded of the devices."""
        return cls(value_milli=sum(sums_milli.values()), counted_milli=dict(sums_milli))

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self | None:
        """Read what ``as_dict`` gave; None where it makes no sense."""
        value, counted = data.get("value_milli"), data.get("counted_milli")
        if not isinstance(value, int) or not isinstance(counted, Mapping):
            return None
        return cls(
            value_milli=value,
            counted_milli={int(key): int(milli) for key, milli in counted.items()},
        )

    def as_dict(self) -> dict[str, object]:
        """Return plain values to be stored over a restart."""
        return {
            "value_milli": self.value_milli,
            "counted_milli": {str(k): v for k, v in self.counted_milli.items()},
        }

    def grown(self, sums_milli: Mapping[int, int]) -> Self:
        """Count what the devices have added since; a newcomer starts at nothing.

        Where the archive holds less of a device than before, because old samples
        were purged, counting goes on from there.
        """
        growth = sum(
            max(0, now - self.counted_milli.get(device_id, now))
            for device_id, now in sums_milli.items()
        )
        return type(self)(
            value_milli=self.value_milli + growth, counted_milli=dict(sums_milli)
        )


class Totals:
    """What the archive holds of every counter of a fluid, kept up to date.

    ``recorded_milli`` is what the archive holds at the start, by device and quantity. Listeners are called after
    every interval.
    """

    def __init__(
        self,
        installation: Installation,
        quantities: Mapping[int, Collection[str]],
        recorded_milli: Mapping[tuple[int, str], int],
    ) -> None:
        """Know the devices' ``quantities`` and what was recorded of them."""
        self._sums_milli = dict(recorded_milli)
        self._listeners: list[Callable[[], None]] = []
        self._members: dict[TotalKey, set[int]] = {}
        for device in installation.devices.values():
            if device.is_excluded_from_totals:
                continue
            for fluid in RECORDED_FLUIDS:
                if FLUID_COUNTERS[fluid] in quantities.get(device.id, ()):
                    for kind, object_id in _counted_in(installation, device):
                        key = TotalKey(kind=kind, object_id=object_id, fluid=fluid)
                        self._members.setdefault(key, set()).add(device.id)

    @property
    def keys(self) -> Iterable[TotalKey]:
        """Every total that has at least one device."""
        return self._members.keys()

    def sums_of(self, key: TotalKey) -> dict[int, int]:
        """What was recorded so far of each device that counts in a total."""
        counter = FLUID_COUNTERS[key.fluid]
        return {
            device_id: self._sums_milli.get((device_id, counter), 0)
            for device_id in self._members[key]
        }

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` after every interval; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_add(self, samples: Iterable[Sample]) -> None:
        """Take in what an interval has brought."""
        for sample in samples:
            for quantity, milli in sample.amounts_milli.items():
                key = sample.device_id, quantity
                self._sums_milli[key] = self._sums_milli.get(key, 0) + milli
        for listener in list(self._listeners):
            listener()


def _counted_in(
    installation: Installation, device: Device
) -> Iterator[tuple[ObjectKind | None, int | None]]:
    yield None, None
    yield ObjectKind.LOAD, installation.load_of(device).id
    for group_id in device.group_ids:
        if group_id in installation.groups:
            yield ObjectKind.GROUP, group_id
    if (board := installation.board_of(device)) is not None:
        yield ObjectKind.BOARD, board.id
