"""What a device counted bucket by bucket, in columns.

A chart of a large site has thousands of buckets. As an object each they would take as
long to make as the database takes to find them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple, override


class BucketAmount(NamedTuple):
    """What one device counted in a bucket; ``covered_s`` of it are known."""

    amount_milli: int
    covered_s: int
    recovered_s: int = 0


class Cells(Mapping[int, BucketAmount]):
    """The buckets of one device by their index; what is not there is unknown.

    ``_places`` says where in the columns a bucket is, in the order of the columns.
    """

    __slots__ = ("_amounts", "_covered", "_places", "_recovered")

    def __init__(self) -> None:
        """Begin with nothing."""
        self._places: dict[int, int] = {}
        self._amounts: list[int] = []
        self._covered: list[int] = []
        self._recovered: list[int] = []

    def add(
        self, bucket: int, amount_milli: int, covered_s: int, recovered_s: int
    ) -> None:
        """Put a part of a bucket to it."""
        place = self._places.get(bucket)
        if place is None:
            self._places[bucket] = len(self._amounts)
            self._amounts.append(amount_milli)
            self._covered.append(covered_s)
            self._recovered.append(recovered_s)
            return
        self._amounts[place] += amount_milli
        self._covered[place] += covered_s
        self._recovered[place] += recovered_s

    def extend(
        self,
        buckets: Sequence[int],
        amounts_milli: Sequence[int],
        covered_s: Sequence[int],
        recovered_s: Sequence[int],
    ) -> None:
        """Put many parts to it, one value each a bucket."""
        places = dict(zip(buckets, count(len(self._amounts)), strict=False))
        if len(places) == len(buckets) and self._places.keys().isdisjoint(places):
            self._places |= places
            self._amounts += amounts_milli
            self._covered += covered_s
            self._recovered += recovered_s
            return
        for part in zip(buckets, amounts_milli, covered_s, recovered_s, strict=True):
            self.add(*part)

    def amounts_milli(self, length: int) -> list[int | None]:
        """Amounts of the buckets up to ``length``; None where nothing is known."""
        values: list[int | None] = [None] * length
        for bucket, amount in zip(self._places, self._amounts, strict=True):
            values[bucket] = amount
        return values

    def covered_s(self, length: int) -> list[int]:
        """Known seconds of the buckets up to ``length``."""
        values = [0] * length
        for bucket, covered in zip(self._places, self._covered, strict=True):
            values[bucket] = covered
        return values

    @override
    def __getitem__(self, bucket: int) -> BucketAmount:
        place = self._places[bucket]
        return BucketAmount(
            self._amounts[place], self._covered[place], self._recovered[place]
        )

    @override
    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    @override
    def __len__(self) -> int:
        return len(self._places)
