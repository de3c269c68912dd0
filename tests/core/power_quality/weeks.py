"""Weeks of a device to judge: every interval has the nominal values unless said else."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic
from custom_components.legrand_ews.ews.timegrid import Span

TEN_MINUTES = timedelta(minutes=10)
NOMINAL = {
    "frequency": 50.0,
    **dict.fromkeys(("voltage_l1", "voltage_l2", "voltage_l3"), 230.0),
    **dict.fromkeys(("voltage_l1_l2", "voltage_l2_l3", "voltage_l3_l1"), 400.0),
    **{f"thd_voltage_{phase}": 2.0 for phase in ("l1", "l2", "l3")},
}

type Value = float | tuple[float, float, float]
"""A mean, or a mean with the smallest and the largest reading."""


def statistic(value: Value) -> Statistic:
    values = value if isinstance(value, tuple) else (value,) * 3
    return Statistic(*(round(x * 1000) for x in values))


def sample(
    start: datetime,
    values: Mapping[str, Value],
    *,
    length: timedelta = TEN_MINUTES,
    quality: Quality = Quality.COMPLETE,
    device: int = 1,
) -> Sample:
    return Sample(
        device_id=device,
        start=start,
        length=length,
        statistics={key: statistic(value) for key, value in values.items()},
        quality=quality,
    )


def recorded(
    span: Span,
    values: Mapping[str, Value] = NOMINAL,
    *,
    bad: Mapping[str, Value] | None = None,
    times: int = 0,
    length: timedelta = TEN_MINUTES,
    device: int = 1,
) -> Iterator[Sample]:
    """Samples of a span without a gap; the first ``times`` have ``bad`` values."""
    for index in range(span.length // length):
        here = {**values, **(bad or {})} if index < times else values
        yield sample(span.start + index * length, here, length=length, device=device)
