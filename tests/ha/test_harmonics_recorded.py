"""Harmonics are recorded once an interval where that is switched on, at nobody's cost."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.bus import DeviceStatus
from custom_components.legrand_ews.ews.metering import HarmonicSample, Sample
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3
from .test_harmonics import FIRST, WORDS, diris

pytestmark = pytest.mark.usefixtures("clock")

YEAR = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
CURRENTS = ("current_l1", "current_l2", "current_l3", "current_n")
TO_THE_FIRST_EDGE, AN_INTERVAL = 7 * 60 + 5, 600
"""The clock stands at 10:03."""


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


async def site_of(
    start_server: StartServer, load: Load, **options: object
) -> tuple[ModbusServer, MockConfigEntry]:
    """Meters: with harmonics, refusing them, with none, switched off, silent."""
    server = await start_server(
        {11: diris(), 12: diris(has_harmonics=False), 13: emdx3(), 14: diris()}
    )
    own = {"model": "014669"}
    entry = site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 11, **own),
            site.device(2, 1, 12, **own),
            site.device(3, 1, 13),
            site.device(4, 1, 14, **own, is_enabled=False),
            site.device(5, 1, 15, **own),
        ],
        options={"sample_minutes": 10, **options},
    )
    await load(entry)
    return server, entry


def stored(
    hass: HomeAssistant, entry: MockConfigEntry
) -> tuple[list[HarmonicSample], list[Sample]]:
    """What the file itself holds."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    found = archive.harmonics(YEAR), archive.samples(YEAR)
    archive.close()
    return found


def asked(server: ModbusServer, unit: int) -> int:
    """How often the harmonics of the current in L1 were asked for."""
    return server.requests.count((unit, FIRST, WORDS))


async def test_harmonics_are_recorded_once_an_interval(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await site_of(start_server, load, record_harmonics=True)
    await pass_time(60)
    assert asked(server, 11) == 0
    await pass_time(TO_THE_FIRST_EDGE - 60)
    assert asked(server, 11) == 1
    await pass_time(AN_INTERVAL)
    assert asked(server, 11) == 2

    harmonics, _ = stored(hass, entry)
    assert [(one.start, one.device_id, one.series) for one in harmonics] == [
        (start, 1, series) for start in (at(10, 10), at(10, 20)) for series in CURRENTS
    ]
    first = harmonics[0].shares_milli
    zeros = dict.fromkeys(range(7, 62, 2), 0)
    assert first == {3: 12_300, **zeros, 63: 400}, "the fifth is not available"
    assert harmonics[0].length.total_seconds() == 600


async def test_who_gives_none_costs_the_others_nothing(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await site_of(start_server, load, record_harmonics=True)
    await pass_time(TO_THE_FIRST_EDGE + AN_INTERVAL)
    assert asked(server, 12) == 2
    assert [asked(server, unit) for unit in (13, 14, 15)] == [0, 0, 0]
    (coordinator,) = entry.runtime_data.coordinators.values()
    report = coordinator.report_of(2)
    assert report is not None
    assert (report.status, report.error) == (DeviceStatus.ON, None)

    harmonics, samples = stored(hass, entry)
    assert {one.device_id for one in harmonics} == {1}
    for device in (1, 2, 3):
        own = [one.start for one in samples if one.device_id == device]
        assert set(own) == {at(10, 0), at(10, 10)}


async def test_nothing_is_read_unless_it_is_switched_on(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await site_of(start_server, load)
    await pass_time(TO_THE_FIRST_EDGE + AN_INTERVAL)
    assert [asked(server, unit) for unit in (11, 12)] == [0, 0]
    harmonics, samples = stored(hass, entry)
    assert harmonics == []
    assert {one.device_id for one in samples} == {1, 2, 3}
