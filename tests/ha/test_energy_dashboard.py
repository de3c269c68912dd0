"""Our energies in Home Assistant's statistics, which its energy dashboard reads."""

from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.energy.validate import async_validate
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import (
    async_list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

METER = "sensor.meter_1_imported_active_energy"
TOTAL = "sensor.bakery_total_consumed_energy"


@pytest.fixture
def mock_recorder_before_hass(clock: Any, async_test_recorder: Any) -> None:
    """Let the recorder be there before Home Assistant is."""


@pytest.mark.usefixtures("recorder_mock")
async def test_energies_are_summed_and_accepted_by_the_energy_dashboard(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    assert await async_setup_component(hass, "sensor", {})
    assert await async_setup_component(hass, "energy", {"energy": {}})
    start = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    server = await start_server({11: emdx3(imported_wh=5000)})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    server.units[11] = emdx3(imported_wh=5400)
    await pass_time(8 * 60)
    await async_wait_recording_done(hass)
    for minute in (0, 5, 10):
        do_adhoc_statistics(hass, start=start.replace(minute=minute))
    await async_wait_recording_done(hass)

    found = {one["statistic_id"]: one for one in await async_list_statistic_ids(hass)}
    for name in (METER, TOTAL):
        assert found[name]["has_sum"] is True
        assert found[name]["statistics_unit_of_measurement"] == "kWh"
        assert found[name]["unit_class"] == "energy"
    statistics = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        start,
        None,
        {METER, TOTAL},
        "5minute",
        None,
        {"sum"},
    )
    for name in (METER, TOTAL):
        assert statistics[name][-1]["sum"] == pytest.approx(0.4)

    manager = await async_get_manager(hass)
    await manager.async_update(
        {
            "device_consumption": [
                {"stat_consumption": METER},
                {"stat_consumption": TOTAL},
            ]
        }
    )
    validation = await async_validate(hass)
    assert [one.issues for one in validation.device_consumption] == [{}, {}]
