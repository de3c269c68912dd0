"""Long-term statistics of costs: they say what the archive and the tariffs say."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.energy.validate import async_validate
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import (
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.costs.statistics import cost_statistic_id
from custom_components.legrand_ews.ews.billing import Billing
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.quantities import Fluid

from . import site
from .conftest import Load, PassTime, StartServer
from .flow_walk import Walk
from .modbus_server import ModbusServer
from .registers import emdx3
from .test_statistics import past, write_past

HOUR = timedelta(hours=1)
TARIFF = {"name": "All day", "prices": [{"price": "0.25"}]}


@pytest.fixture
def mock_recorder_before_hass(clock: Any, async_test_recorder: Any) -> None:
    """Let the recorder be there before Home Assistant is."""


@pytest.fixture
async def server(recorder_mock: Any, start_server: StartServer) -> ModbusServer:
    return await start_server({11: emdx3(imported_wh=50_000)})


@pytest.fixture
def first() -> datetime:
    """Four hours before the hour that is: 06:00 UTC."""
    return dt_util.utcnow().replace(minute=0, second=0, microsecond=0) - 4 * HOUR


@pytest.fixture
async def entry(
    hass: HomeAssistant, server: ModbusServer, load: Load, first: datetime
) -> MockConfigEntry:
    """A meter with two hours of past: 1200 Wh, nothing for an hour, 600 Wh."""
    assert await async_setup_component(hass, "sensor", {})
    found = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    samples = [*past(1, first, [200] * 6), *past(1, first + 2 * HOUR, [100] * 6)]
    write_past(hass, found, samples)
    await load(found)
    return found


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def price(
    hass: HomeAssistant, pass_time: PassTime, amount: str, recompute: str = "all"
) -> None:
    answer = await call(
        hass,
        "set_cost_rules",
        tariffs=[{**TARIFF, "prices": [{"price": amount}]}],
        rules=[{"tariff": "All day"}],
        recompute=recompute,
    )
    assert answer["applied"] is True
    await pass_time(3)


async def sums(
    hass: HomeAssistant, entry: MockConfigEntry, first: datetime
) -> list[float]:
    """The sums of all hours from the first on."""
    await async_wait_recording_done(hass)
    name = cost_statistic_id(entry, Fluid.ELECTRICITY)
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, first, None, {name}, "hour", None, {"sum"}
    )
    return [pytest.approx(row["sum"]) for row in found.get(name, [])]


async def test_the_past_costs_as_soon_as_it_has_a_price(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, first: datetime
) -> None:
    assert await sums(hass, entry, first) == []
    await price(hass, pass_time, "0.25")
    assert await sums(hass, entry, first) == [0.3, 0.3, 0.45, 0.45, 0.45]
    name = cost_statistic_id(entry, Fluid.ELECTRICITY)
    (known,) = await get_instance(hass).async_add_executor_job(
        list_statistic_ids, hass, {name}
    )
    assert (known["name"], known["statistics_unit_of_measurement"]) == (
        "Bakery: cost of Electricity",
        "EUR",
    )


async def test_what_is_computed_anew_is_written_anew(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, first: datetime
) -> None:
    await price(hass, pass_time, "0.25")
    await price(hass, pass_time, "0.50")
    assert await sums(hass, entry, first) == [0.6, 0.6, 0.9, 0.9, 0.9]
    # From tomorrow on, or a negative price: also in the sums.
    await price(hass, pass_time, "-0.25")
    assert await sums(hass, entry, first) == [-0.3, -0.3, -0.45, -0.45, -0.45]


async def test_every_interval_is_added(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    server: ModbusServer,
    pass_time: PassTime,
    first: datetime,
) -> None:
    """100 Wh at 25 cents in the hour that is still open."""
    await price(hass, pass_time, "0.25")
    server.units[11] = emdx3(imported_wh=50_100)
    await pass_time(8 * 60)
    assert await sums(hass, entry, first) == [0.3, 0.3, 0.45, 0.45, 0.475]


async def test_they_go_on_after_a_restart(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, first: datetime
) -> None:
    await price(hass, pass_time, "0.25")
    before = await sums(hass, entry, first)
    await hass.config_entries.async_reload(entry.entry_id)
    await pass_time(1)
    assert await sums(hass, entry, first) == before
    answer = await call(hass, "rebuild_statistics")
    assert answer["cost_hours"] == 5
    assert await sums(hass, entry, first) == before


async def test_what_could_not_be_written_at_the_start_is_written_later(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    pass_time: PassTime,
    first: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An archive that cannot be read when tariffs come: the next interval makes up."""
    failures = 0

    def fails(*_: object) -> None:
        nonlocal failures
        failures += 1
        raise ArchiveError("archive_read_failed", reason="busy")

    with monkeypatch.context() as broken:
        broken.setattr(Billing, "counted_costs", fails)
        await price(hass, pass_time, "0.25")
        assert failures == 1
        assert await sums(hass, entry, first) == []
    await pass_time(8 * 60)
    assert await sums(hass, entry, first) == [0.3, 0.3, 0.45, 0.45, 0.45]


async def test_history_that_is_imported_costs_too(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, first: datetime
) -> None:
    """400 Wh in the hour that nobody had recorded; taken away, they cost nothing."""
    await price(hass, pass_time, "0.25")
    answer = await call(
        hass,
        "import_history",
        samples=[
            {
                "device": 1,
                "start": (first + HOUR).isoformat(),
                "length": 3600,
                "quantity": "active_energy_import",
                "value": 400,
            }
        ],
    )
    assert answer["written"] == 1
    assert await sums(hass, entry, first) == [0.3, 0.4, 0.55, 0.55, 0.55]
    await call(hass, "undo_import", undo=answer["undo"])
    assert await sums(hass, entry, first) == [0.3, 0.3, 0.45, 0.45, 0.45]


async def test_the_energy_dashboard_gets_the_costs(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, first: datetime
) -> None:
    """Beside a source of ours that has no price yet; what the user chose stays."""
    assert await async_setup_component(hass, "energy", {})
    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    await walk.fill()
    manager = await async_get_manager(hass)
    assert manager.data is not None
    assert manager.data["energy_sources"][0]["stat_cost"] is None

    await price(hass, pass_time, "0.25")
    await async_wait_recording_done(hass)
    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    changes = walk.result["description_placeholders"]["changes"]
    assert changes.startswith("- Costs of: ")
    await walk.fill()
    name = cost_statistic_id(entry, Fluid.ELECTRICITY)
    assert manager.data["energy_sources"][0]["stat_cost"] == name
    found = await async_validate(hass)
    wrong = {
        affected
        for source in found.energy_sources
        for issue in source.issues.values()
        for affected, _ in issue.affected_entities
    }
    assert name not in wrong

    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    assert walk.step == "energy_dashboard_complete"
