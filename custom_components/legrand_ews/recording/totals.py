"""Ever-growing totals of loads, groups, boards and the site.

A total grows by what its devices add to the archive from one moment to the next, and
by nothing else: when a device joins or leaves, the energy dashboard sees neither a
jump nor a fall. What flows through a main meter and its sub-meter is in it once (S81).
Amounts are integers in thousandths of Wh or dm³.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from homeassistant.core import CALLBACK_TYPE, callback

from ..ews.consumption import Directory, weights_of
from ..ews.metering import Sample
from ..ews.model import Installation, ObjectKind
from ..ews.quantities import FLUID_COUNTERS, Fluid


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalKey:
    """Which total: of an object, or of the site where ``kind`` is None."""

    kind: ObjectKind | None
    object_id: int | None
    fluid: Fluid


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotal:
    """A total, and for every device what the archive held when it was counted.

    ``owed_milli`` is by how much sub-meters are ahead of their main meter: the total
    waits until that one has caught up, because it never falls.
    """

    value_milli: int = 0
    owed_milli: int = 0
    counted_milli: Mapping[int, int] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @classmethod
    def first(cls, sums_milli: Mapping[int, int], weights: Mapping[int, int]) -> Self:
        """Start with all that was ever recorded of the devices."""
        value = sum(milli * weights[key] for key, milli in sums_milli.items())
        return cls(value_milli=max(0, value), counted_milli=dict(sums_milli))

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self | None:
        """Read what ``as_dict`` gave; None where it makes no sense."""
        value, counted = data.get("value_milli"), data.get("counted_milli")
        owed = data.get("owed_milli", 0)
        if not isinstance(value, int) or not isinstance(counted, Mapping):
            return None
        return cls(
            value_milli=value,
            owed_milli=owed if isinstance(owed, int) else 0,
            counted_milli={int(key): int(milli) for key, milli in counted.items()},
        )

    def as_dict(self) -> dict[str, object]:
        """Return plain values to be stored over a restart."""
        return {
            "value_milli": self.value_milli,
            "owed_milli": self.owed_milli,
            "counted_milli": {str(k): v for k, v in self.counted_milli.items()},
        }

    def grown(self, sums_milli: Mapping[int, int], weights: Mapping[int, int]) -> Self:
        """Count what the devices have added since; a newcomer starts at nothing.

        Where the archive holds less of a device than before, because old samples
        were purged, counting goes on from there.
        """
        growth = sum(
            weights[device_id] * max(0, now - self.counted_milli.get(device_id, now))
            for device_id, now in sums_milli.items()
        )
        return type(self)(
            value_milli=self.value_milli + max(0, growth - self.owed_milli),
            owed_milli=max(0, self.owed_milli - growth),
            counted_milli=dict(sums_milli),
        )


class Totals:
    """What the archive holds of every counter of a fluid, kept up to date.

    ``recorded_milli`` is what the archive holds at the start, by device and quantity.
    Listeners are called after every interval.
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
        directory = Directory(installation)
        running = {x.id for x in installation.devices.values() if x.is_enabled}
        self._weights: Mapping[TotalKey, Mapping[int, int]] = {
            TotalKey(kind=kind, object_id=object_id, fluid=fluid): weights
            for fluid, counter in FLUID_COUNTERS.items()
            for (kind, object_id), weights in weights_of(
                directory,
                {number for number, known in quantities.items() if counter in known},
                running,
            ).items()
        }

    @property
    def keys(self) -> Iterable[TotalKey]:
        """Every total that has at least one device."""
        return self._weights.keys()

    def weights_of(self, key: TotalKey) -> Mapping[int, int]:
        """How each device counts in a total: 1, or -1 for what flows on elsewhere."""
        return self._weights[key]

    def sums_of(self, key: TotalKey) -> dict[int, int]:
        """What was recorded so far of each device that counts in a total."""
        counter = FLUID_COUNTERS[key.fluid]
        return {
            device_id: self._sums_milli.get((device_id, counter), 0)
            for device_id in self._weights[key]
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
