"""Main meters and sub-meters: whose consumption is inside whose (S81)."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from types import MappingProxyType


class MeterTree:
    """Which meter lies behind which, by number."""

    def __init__(self, upstream: Mapping[int, int]) -> None:
        """Know the meter directly in front of each sub-meter."""
        self._upstream = MappingProxyType(dict(upstream))

    def above(self, device_id: int, among: Container[int]) -> Iterator[int]:
        """Meters in front of a device that are one of ``among``, the nearest first."""
        seen = {device_id}
        number = self._upstream.get(device_id)
        # What was stored by hand may be a ring.
        while number is not None and number not in seen:
            if number in among:
                yield number
            seen.add(number)
            number = self._upstream.get(number)

    def main_meters(self, among: Iterable[int]) -> frozenset[int]:
        """Those that have a sub-meter, where only ``among`` are looked at."""
        inside = frozenset(among)
        return frozenset(
            number for device_id in inside for number in self.above(device_id, inside)
        )

    def behind(self, device_ids: Collection[int]) -> frozenset[int]:
        """Sub-meters of some devices, at any depth."""
        return frozenset(
            number
            for number in self._upstream
            if next(self.above(number, device_ids), None) is not None
        )

    def __bool__(self) -> bool:
        """Whether there is any sub-meter."""
        return bool(self._upstream)
