"""The past of a site: what a sampler would have recorded from its meters.

Samples come from the same curves as the live counters, cut to whole counts of
the register that the integration reads. So the sum of past samples and the
first live difference meet without a gap: to the count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from custom_components.legrand_ews.ews.model import Supply
from custom_components.legrand_ews.ews.quantities import FLUID_COUNTERS, Fluid

from .assembly import Meter, count_micro
from .curve import MICRO
from .encoding import resolution_micro
from .feed import Feed
from .weather import SLOT, Day

RECORDED: Final = (
    "active_energy_import",
    "active_energy_export",
    "reactive_energy_import",
    "reactive_energy_export",
)
"""Counters of an electricity meter that have a past, where the model has them."""
_MICRO_IN_MILLI: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryDay:
    """Consecutive samples of one device within one civil day, in columns.

    ``amounts_milli`` are thousandths of Wh, varh or dm³ by quantity, one for
    each start; the supply direction is already put right. ``mean_rates`` are
    mean powers in W (or flows in dm³/h), negative for a generator.
    """

    device: str
    starts: Sequence[datetime]
    length: timedelta
    amounts_milli: Mapping[str, Sequence[int]]
    mean_rates: Sequence[float]


def quantities_of(meter: Meter) -> tuple[str, ...]:
    """Counters of a device that have a past, by their recorded names."""
    if meter.spec.pulse is not None:
        return (FLUID_COUNTERS[meter.feed.fluid],)
    return tuple(q for q in RECORDED if q in meter.model.quantities)


def recorded_counters(meter: Meter, instant: datetime) -> Mapping[str, int]:
    """Counter readings in thousandths at ``instant``, by recorded name.

    What the registers show, so with roll-overs and resets; the state from
    which live counting goes on after a written history.
    """
    if meter.spec.pulse is not None:
        counts = meter.unit.counters(instant)[f"input_{meter.spec.pulse.position}"]
        value = counts * count_micro(meter.spec.pulse) // _MICRO_IN_MILLI
        return {FLUID_COUNTERS[meter.feed.fluid]: value}
    return {
        name: meter.unit.shown(_register_name(meter, name), instant)
        for name in quantities_of(meter)
    }


def history(
    meters: Iterable[Meter], start: datetime, end: datetime, length: timedelta = SLOT
) -> Iterator[HistoryDay]:
    """Samples of ``length`` from ``start`` to ``end``, day by day, then device.

    ``length`` divides or is a multiple of 10 minutes; ``start`` and ``end`` lie
    on the sample grid, else ValueError. What was done to the running simulation
    (resets, roll-overs, exchanges, breakers, cars, orders) has no past: this is
    the undisturbed course. Devices that count nothing are left out.
    """
    devices = [(m, m.feed.undisturbed) for m in meters if quantities_of(m)]
    if not devices or start >= end:
        return
    calendar = devices[0][1].building.calendar
    day = calendar.holding(start)
    while day.start < end:
        first, last = max(day.start, start), min(day.end, end)
        if (first - day.start) % length or (last - day.start) % length:
            raise ValueError("start and end must lie on the sample grid")
        span = slice((first - day.start) // length, (last - day.start) // length + 1)
        starts = [first + k * length for k in range((last - first) // length)]
        for meter, feed in devices:
            yield _device_day(meter, feed, day, length, starts, span)
        day = calendar.holding(day.end)


def _device_day(
    meter: Meter,
    feed: Feed,
    day: Day,
    length: timedelta,
    starts: Sequence[datetime],
    span: slice,
) -> HistoryDay:
    """One device on one day; ``span`` cuts the wanted edges out of the day's."""
    flow = _edges(feed, day, length, feed.main_counter, span)
    sign = -1 if feed.fluid is Fluid.ELECTRICITY_EXPORT else 1
    per_hour = sign * (timedelta(hours=1) / length) / MICRO
    return HistoryDay(
        device=meter.spec.name,
        starts=starts,
        length=length,
        amounts_milli={
            name: _differences(_shown_edges(meter, feed, day, length, name, span))
            for name in quantities_of(meter)
        },
        mean_rates=[grown * per_hour for grown in _differences(flow)],
    )


def _differences(values: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise(values)]


def _shown_edges(
    meter: Meter, feed: Feed, day: Day, length: timedelta, name: str, span: slice
) -> Sequence[int]:
    """Thousandths in whole counts at the edges of the day's samples."""
    register = _register_name(meter, name)
    count = _count_micro(meter, register)
    edges = _edges(feed, day, length, register, span)
    return [edge // count * count // _MICRO_IN_MILLI for edge in edges]


def _edges(
    feed: Feed, day: Day, length: timedelta, register: str, span: slice
) -> Sequence[int]:
    """Millionths that a counter has seen at the edges of the day's samples."""
    if not length % SLOT:
        return feed.slots_of(day, register)[:: length // SLOT][span]
    instants = (day.start + k * length for k in range(span.start, span.stop))
    return [feed.counters(instant)[register] for instant in instants]


def _count_micro(meter: Meter, register: str) -> int:
    if meter.spec.pulse is not None:
        return count_micro(meter.spec.pulse)
    unit = meter.unit
    return resolution_micro(unit.counter_field(register), unit.settings)


def _register_name(meter: Meter, name: str) -> str:
    """The register behind a recorded counter: turned sensors swap directions."""
    is_turned = meter.spec.supply is Supply.DOWNSTREAM and not meter.feed.is_one_way
    if not is_turned or meter.spec.pulse is not None:
        return name
    stem, _, direction = name.rpartition("_")
    return f"{stem}_{'export' if direction == 'import' else 'import'}"
