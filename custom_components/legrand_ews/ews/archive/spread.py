"""Even distribution of an amount over the buckets that its time touches (Q23, Q27)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence


def shares(
    amount_milli: int, start: int, end: int, edges: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield ``(bucket, share_milli, seconds)`` for each bucket that is touched.

    ``edges`` are rising instants; bucket ``i`` lies between ``edges[i]`` and
    ``edges[i + 1]``. Energy flows evenly from ``start`` to ``end``. Each share is
    the difference of two cumulated shares that are rounded down, so the shares
    of adjoining buckets always add up to the amount.
    """
    length = end - start
    bucket = max(bisect_right(edges, start) - 1, 0)
    while bucket + 1 < len(edges) and edges[bucket] < end:
        first, last = max(edges[bucket], start), min(edges[bucket + 1], end)
        if first < last:
            until_first = amount_milli * (first - start) // length
            until_last = amount_milli * (last - start) // length
            yield bucket, until_last - until_first, last - first
        bucket += 1
