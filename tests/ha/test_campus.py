"""255 devices behind 8 gateways, polled for an hour: no interval and no Wh is lost."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
import logging
from pathlib import Path
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.bus.line import BusLine
from custom_components.legrand_ews.ews.metering import Quality
from custom_components.legrand_ews.ews.quantities import QUANTITIES
from custom_components.legrand_ews.ews.timegrid import Span
from simulator.campus import campus_site
from simulator.clock import ManualClock
from simulator.simulation import Simulation, simulate

from . import site
from .conftest import INTEGRATION, Load as LoadSite

START = datetime(2026, 11, 23, 10, 50, 30, tzinfo=UTC)
FIRST_EDGE = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
LENGTH = timedelta(minutes=10)
EDGES = 6
LAST_EDGE = FIRST_EDGE + EDGES * LENGTH
SITE = campus_site(installed=date(2026, 11, 22))
"""Young: what meters remember of a long month is dear to simulate."""
LEAD = timedelta(seconds=10)
"""How long before the hour the building begins to live."""
POLL_INTERVAL = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
TURN = timedelta(milliseconds=4)
"""What a turn of the loop takes while a request is under way."""
QUIET_TURNS = 5
"""Turns of the loop without a request under way after which a bus has done its work."""
MOST_ENABLED = 10
DEVICES = 255
COUNTER = "active_energy_import"
GAUGE = "active_power"


@pytest.fixture
async def campus(socket_enabled: None) -> AsyncIterator[Simulation]:
    async with simulate(SITE, ManualClock(START), is_timed=False) as running:
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


def shown_milli(campus: Simulation) -> dict[str, int]:
    """What every meter shows now, in mWh, by name."""
    return {
        name: meter.unit.shown(COUNTER, campus.now())
        for name, meter in campus.meters.items()
    }


class Polls:
    """Instants at which the power of every device was read."""

    def __init__(self, entry: site.MockConfigEntry) -> None:
        self.read_at: defaultdict[int, set[datetime]] = defaultdict(set)
        for coordinator in entry.runtime_data.coordinators.values():

            def note(coordinator=coordinator) -> None:
                for device_id, report in coordinator.data.devices.items():
                    if GAUGE in report.readings:
                        self.read_at[device_id].add(report.readings[GAUGE].read_at)

            entry.async_on_unload(coordinator.async_add_listener(note))

    def waits(self, device_id: int) -> list[tuple[timedelta, datetime]]:
        """Times from one read to the next within the hour, and when they began."""
        inside = {x for x in self.read_at[device_id] if FIRST_EDGE <= x <= LAST_EDGE}
        instants = sorted({FIRST_EDGE, LAST_EDGE, *inside})
        return [(b - a, a) for a, b in pairwise(instants)]


async def a_second_passes(
    hass: HomeAssistant, clock: TickingDateTimeFactory, lines: Sequence[BusLine]
) -> None:
    """Let a second pass, and what is asked for then be answered.

    An exchange takes turns of the loop and as much time by this clock as on a real
    line, however slow the machine is: its deadline cannot pass before its answer, and
    nobody waits for the silence between two requests. The end of an interval is waited
    for: writing it takes the time that it takes.
    """
    end = datetime.now(UTC) + SECOND
    clock.tick(TURN)
    quiet = 0
    while quiet < QUIET_TURNS:
        await asyncio.sleep(0)
        quiet += 1
        if any(line.is_taken for line in lines):
            clock.tick(TURN)
            quiet = 0
    await hass.async_block_till_done()
    clock.move_to(max(end, datetime.now(UTC)))


async def test_an_hour_of_a_campus_loses_nothing(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    campus: Simulation,
    clock: TickingDateTimeFactory,
    load: LoadSite,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("", INTEGRATION):
        caplog.set_level(logging.WARNING, name)
    clock.move_to(START)
    entry = entry_of(campus)
    await load(entry)
    runtime = entry.runtime_data
    polls = Polls(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    lines = [x.bus.line for x in runtime.coordinators.values() if x.bus is not None]
    assert len(lines) == len(campus.gateways)
    names = {device.id: device.name for device in runtime.installation.devices.values()}
    assert len(names) == DEVICES

    # The building stands still until every meter was read once ...
    first = shown_milli(campus)
    while len(polls.read_at) < DEVICES:
        await a_second_passes(hass, clock, lines)
        assert datetime.now(UTC) < FIRST_EDGE - LEAD
    clock.move_to(FIRST_EDGE - LEAD)
    # ... and at the end of the hour, until the last interval is closed.
    while runtime.sampler.last_edge != LAST_EDGE:
        now = datetime.now(UTC)
        assert now < LAST_EDGE + timedelta(minutes=1)
        if campus.now() < min(now, LAST_EDGE):
            campus.clock.advance(min(now, LAST_EDGE) - campus.now())
        await a_second_passes(hass, clock, lines)
    last = shown_milli(campus)

    missed = {
        device_id: wait
        for device_id in names
        for wait in polls.waits(device_id)
        if wait[0] >= 2 * POLL_INTERVAL
    }
    assert missed == {}

    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    samples = archive.samples(Span(FIRST_EDGE - LENGTH, LAST_EDGE))
    archive.close()
    intervals: defaultdict[int, list[tuple[datetime, timedelta, Quality]]]
    intervals = defaultdict(list)
    booked_milli: Counter[int] = Counter()
    for sample in samples:
        if COUNTER in sample.amounts_milli:
            booked_milli[sample.device_id] += sample.amounts_milli[COUNTER]
            if sample.start >= FIRST_EDGE:
                assert GAUGE in sample.statistics
                intervals[sample.device_id].append(
                    (sample.start, sample.length, sample.quality)
                )
    whole = [(FIRST_EDGE + n * LENGTH, LENGTH, Quality.COMPLETE) for n in range(EDGES)]
    assert {
        device_id: sorted(found) for device_id, found in intervals.items()
    } == dict.fromkeys(names, whole)
    counted_milli = {
        device_id: last[name] - first[name] for device_id, name in names.items()
    }
    assert dict(booked_milli) == counted_milli
    assert min(counted_milli.values()) > 0

    enabled = Counter(
        entity.unique_id.split("_device_")[1].split("_")[0]
        for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if "_device_" in entity.unique_id
        and entity.disabled_by is None
        and entity.unique_id.split("_device_")[1].split("_", 1)[1] in QUANTITIES
    )
    assert len(enabled) == DEVICES
    assert max(enabled.values()) <= MOST_ENABLED
