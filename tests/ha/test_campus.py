"""255 devices behind 8 gateways: no interval is lost, and few entities are enabled."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util, slugify
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.quantities import QUANTITIES
from custom_components.legrand_ews.ews.timegrid import Span
from simulator.campus import campus_site
from simulator.clock import ManualClock
from simulator.simulation import Simulation, simulate

from . import site
from .conftest import Load, PassTime

START = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)
EDGES = 2
LENGTH = timedelta(minutes=10)
MOST_ENABLED = 10


@pytest.fixture
async def campus(socket_enabled: None) -> AsyncIterator[Simulation]:
    async with simulate(campus_site(), ManualClock(START), is_timed=False) as running:
        yield running


def entry_of(campus: Simulation) -> site.MockConfigEntry:
    numbers = {name: n for n, name in enumerate(campus.gateways, start=1)}
    return site.entry(
        [
            *(site.gateway(n, campus.gateways[k].port) for k, n in numbers.items()),
            *(
                site.device(
                    number,
                    numbers[spec.gateway],
                    spec.address,
                    name=spec.name,
                    model=spec.model,
                    supply=spec.supply,
                    parameters=spec.parameters,
                )
                for number, spec in enumerate(campus.site.devices, start=1)
            ),
        ]
    )


async def test_a_campus_is_sampled_without_a_gap(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    campus: Simulation,
    clock: TickingDateTimeFactory,
    load: Load,
    pass_time: PassTime,
) -> None:
    entry = entry_of(campus)
    await load(entry)

    def is_read(device_id: int) -> bool:
        state = hass.states.get(f"sensor.{slugify(names[device_id])}_status")
        return state is not None and state.state == "on"

    names = {d.id: d.name for d in entry.runtime_data.installation.devices.values()}
    while not all(is_read(device_id) for device_id in names):
        await pass_time(1)
        assert dt_util.utcnow() < START + timedelta(minutes=5)
    for edge in range(EDGES):
        # Right before an edge; then over it, second by second.
        first = START.replace(minute=9, second=58) + edge * LENGTH
        clock.move_to(first)
        campus.clock.advance(first - campus.now())
        while entry.runtime_data.sampler.last_edge != START.replace(minute=10) + (
            edge * LENGTH
        ):
            await pass_time(1)
            assert dt_util.utcnow() < first + timedelta(minutes=3)
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    samples = archive.samples(Span(START - LENGTH, START + timedelta(hours=1)))
    archive.close()
    spans: dict[int, list[Span]] = {}
    for sample in samples:
        if "active_energy_import" in sample.amounts_milli:
            spans.setdefault(sample.device_id, []).append(
                Span(sample.start, sample.end)
            )
    assert spans.keys() == names.keys()
    for booked in spans.values():
        booked.sort(key=lambda span: span.start)
        assert booked[0].start == START.replace(minute=0)
        assert all(one.end == next_.start for one, next_ in pairwise(booked))
        assert booked[-1].end == START.replace(minute=0) + EDGES * LENGTH

    enabled = Counter(
        entity.unique_id.split("_device_")[1].split("_")[0]
        for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if "_device_" in entity.unique_id
        and entity.disabled_by is None
        and entity.unique_id.split("_device_")[1].split("_", 1)[1] in QUANTITIES
    )
    assert len(enabled) == 255
    assert max(enabled.values()) <= MOST_ENABLED
