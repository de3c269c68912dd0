"""Samples to archive, and an independent way to add them up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.quantities import Fluid

PARIS = ZoneInfo("Europe/Paris")
ENERGY = "active_energy_import"
TEN_MINUTES = timedelta(minutes=10)
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sample(
    start: datetime | str,
    milli: int,
    *,
    device: int = 1,
    length: timedelta = TEN_MINUTES,
    quantity: str = ENERGY,
    quality: Quality = Quality.COMPLETE,
) -> Sample:
    return Sample(
        device_id=device,
        start=utc(start) if isinstance(start, str) else start,
        length=length,
        amounts_milli={quantity: milli},
        quality=quality,
    )


def read(
    archive: Archive, edges: Sequence[datetime], fluid: Fluid = Fluid.ELECTRICITY
) -> dict[int, list[int | None]]:
    """Amounts by device in each bucket, None where there is nothing."""
    return {
        device: [
            cells[bucket].amount_milli if bucket in cells else None
            for bucket in range(len(edges) - 1)
        ]
        for device, cells in archive.amounts(fluid, edges).items()
    }


def evenly(
    samples: Iterable[Sample], edges: Sequence[datetime]
) -> dict[int, list[Fraction]]:
    """What flows in each bucket when energy flows evenly inside a sample (Q23)."""
    found: defaultdict[int, list[Fraction]] = defaultdict(
        lambda: [Fraction(0)] * (len(edges) - 1)
    )
    for one in samples:
        for bucket, start in enumerate(edges[:-1]):
            overlap = min(one.end, edges[bucket + 1]) - max(one.start, start)
            if overlap > timedelta():
                share = Fraction(overlap // timedelta(seconds=1))
                share *= Fraction(
                    one.amounts_milli[ENERGY], one.length // timedelta(seconds=1)
                )
                found[one.device_id][bucket] += share
    return found
