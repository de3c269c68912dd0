"""What another Energy Web Server counts is read and belongs to the totals of this one.

The other server is the simulator's: unit 247 with a register for every remote ID.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    GatewayKind,
    MeasureGroup,
)
from simulator.clock import ManualClock
from simulator.history import recorded_counters
from simulator.simulation import Simulation, simulate

from . import site
from .conftest import Load, PassTime

pytestmark = pytest.mark.usefixtures("clock")

ROOM = Path(__file__).parents[2] / "simulator" / "sites" / "technical.yaml"
MONDAY = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)
OFFICES, HEATING, ALL = "Annexe offices meter", "Annexe heating meter", "Annexe all"
NUMBERS = {OFFICES: 1, HEATING: 2, ALL: 3}


@pytest.fixture
def other_clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
async def other(
    socket_enabled: None, other_clock: ManualClock
) -> AsyncIterator[Simulation]:
    async with simulate(ROOM, other_clock, is_timed=False) as simulation:
        yield simulation


def mirrored(name: str, model: str, remote_id: int, **changes: Any) -> Device:
    return site.device(
        NUMBERS[name],
        1,
        247,
        name=name,
        address=Address(unit=247),
        model=model,
        parameters={"remote_id": str(remote_id)},
        **changes,
    )


def counted_wh(other: Simulation, name: str) -> float:
    """What the simulated meter's register shows now."""
    counters = recorded_counters(other.meters[name], other.now())
    return counters["active_energy_import"] / 1000


async def total(hass: HomeAssistant, **query: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, "get_consumption", query, blocking=True, return_response=True
    )
    assert answer is not None
    return answer["total"]


async def test_energy_of_another_server_counts_here(
    hass: HomeAssistant,
    load: Load,
    pass_time: PassTime,
    other: Simulation,
    other_clock: ManualClock,
) -> None:
    """S127, S129-S136: a load, a group, and what is excluded from totals."""
    entry = site.entry(
        [
            site.gateway(1, other.gateways["Annexe"].port, kind=GatewayKind.EWS_SLAVE),
            mirrored(OFFICES, "x_wsmeasure_device", 10007, group_ids=(1,)),
            mirrored(HEATING, "x_wsmeasure_device", 10008, load_id=1),
            mirrored(ALL, "x_wsmeasure_all", 29999, is_excluded_from_totals=True),
            MeasureGroup(id=1, name="Annexe"),
        ]
    )
    await load(entry)
    began = {name: counted_wh(other, name) for name in NUMBERS}
    shown = hass.states.get("sensor.annexe_all_imported_active_energy")
    assert shown is not None
    assert shown.attributes["unit_of_measurement"] == "kWh"
    assert float(shown.state) == pytest.approx(began[ALL] / 1000)
    # Nothing else is known of it (S67).
    values = {
        state.entity_id.removeprefix("sensor.annexe_all_")
        for state in hass.states.async_all("sensor")
        if state.entity_id.startswith("sensor.annexe_all_")
    }
    assert values == {"status", "register_map", "imported_active_energy"}

    other_clock.advance(timedelta(hours=3))
    await pass_time(8 * 60)
    grown = {name: counted_wh(other, name) - began[name] for name in NUMBERS}
    assert min(grown.values()) > 0
    assert await total(hass) == grown[OFFICES] + grown[HEATING]
    assert await total(hass, load=1) == grown[HEATING]
    assert await total(hass, group=1) == grown[OFFICES]
    assert await total(hass, level="device", ids=[3]) == grown[ALL]
