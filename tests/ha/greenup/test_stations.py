"""What is made of a Green'Up station's values, and what a fallback orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.charging import (
    Action,
    Charge,
    ChargingConfig,
    Command,
    Fallback,
    StationSpec,
)
from custom_components.legrand_ews.ews.charging.settings import StationPlace
from custom_components.legrand_ews.ews.model import Address, Device
from custom_components.legrand_ews.ews.quantities import QUANTITIES
from custom_components.legrand_ews.greenup.fallback import fallback_commands
from custom_components.legrand_ews.greenup.stations import GreenUpStation

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CATALOGUE = load_catalogue()


@dataclass
class Bus:
    """The latest report of the one device behind a gateway."""

    values: Mapping[str, int | str] = field(default_factory=dict)

    def report_of(self, device_id: int) -> DeviceReport | None:
        readings = {
            name: Reading(
                quantity=name,
                value=Decimal(
                    QUANTITIES[name].options.index(value)
                    if isinstance(value, str)
                    else value
                ),
                read_at=NOW - timedelta(seconds=2 if name.startswith("c") else 0),
            )
            for name, value in self.values.items()
        }
        return DeviceReport(
            device_id=device_id, at=NOW, status=DeviceStatus.ON, readings=readings
        )


def station(
    model: str, values: Mapping[str, int | str], **place: Any
) -> GreenUpStation:
    device = Device(
        id=1,
        name="Bay",
        gateway_id=1,
        address=Address(unit=1),
        model=model,
        phase=2,
        is_priority=True,
    )
    bus: Any = Bus(values)
    return GreenUpStation(device, CATALOGUE.models[model], StationPlace(**place), bus)


SINGLE, THREE = "059006", "059049"  # 32 A by its number; unknown by its number
CHARGING = {"charge_state": "charging", "current_limit": 16}


@pytest.mark.parametrize(
    ("values", "charge", "drawn"),
    [
        pytest.param({}, None, (), id="silent"),
        pytest.param({"charge_state": "unknown"}, None, (), id="unknown word"),
        pytest.param(
            {**CHARGING, "current_l1": 15}, Charge.CHARGING, (15_000,), id="measured"
        ),
        pytest.param(CHARGING, Charge.CHARGING, (16_000,), id="takes its limit"),
        pytest.param(
            {"charge_state": "charging"},
            Charge.CHARGING,
            (32_000,),
            id="takes what it is rated for",
        ),
        pytest.param(
            {"charge_state": "connected"}, Charge.CONNECTED, (), id="takes nothing"
        ),
        pytest.param(
            {**CHARGING, "station_state": "fault"}, Charge.FAULT, (), id="has failed"
        ),
    ],
)
def test_what_a_side_says(
    values: Mapping[str, int | str], charge: Charge | None, drawn: tuple[int, ...]
) -> None:
    reading = station(SINGLE, values).read(NOW)
    assert (None if reading is None else reading.charge) == charge
    if reading is not None:
        assert reading.drawn_ma == drawn
        assert reading.read_at == NOW - timedelta(seconds=2)  # the oldest of its values


@pytest.mark.parametrize(
    ("plug", "is_enabled"),
    [
        ({"plug_in_use": "ev", "ev_plug": "off"}, False),
        ({"plug_in_use": "ev", "ev_plug": "on", "domestic_plug": "off"}, True),
        ({"plug_in_use": "domestic", "domestic_plug": "off"}, False),
        ({}, True),
    ],
)
def test_a_plug_that_is_switched_off(plug: dict[str, str], is_enabled: bool) -> None:
    """S158."""
    reading = station(THREE, {**CHARGING, **plug}).read(NOW)
    assert reading is not None
    assert reading.is_enabled is is_enabled


@pytest.mark.parametrize(
    ("told", "is_permitted"),
    [
        ({"session_state": "start"}, True),
        ({"session_state": "wait"}, False),
        ({}, None),
    ],
)
def test_whether_it_would_let_a_vehicle_charge(
    told: dict[str, str], is_permitted: bool | None
) -> None:
    reading = station(SINGLE, {**CHARGING, **told}).read(NOW)
    assert reading is not None
    assert reading.is_permitted is is_permitted


@pytest.mark.parametrize(
    ("model", "values", "place", "rated"),
    [
        (SINGLE, {}, {}, 32),
        (SINGLE, {"rated_current": 20}, {}, 20),
        (SINGLE, {"rated_current": 20}, {"rated_a": 16}, 16),
        (THREE, {}, {}, 16),  # nobody knows: the lower is the safe error
        (THREE, {"rated_current": 32}, {}, 32),
    ],
)
def test_the_lowest_rated_current_counts(
    model: str, values: dict[str, int], place: dict[str, int], rated: int
) -> None:
    found = station(model, values, **place)
    assert found.spec == StationSpec(
        id=1,
        rated_a=rated,
        minimum_a=7,
        phases=(2,) if model == SINGLE else (1, 2, 3),
        is_greenup=True,
        is_priority=True,
    )
    assert found.conductors is None


def test_energy_is_the_session_s_where_there_is_no_counter() -> None:
    assert station(THREE, {}).energy_milli_wh is None
    assert station(THREE, {"session_energy": 1500}).energy_milli_wh == 1_500_000
    both = {"session_energy": 1500, "active_energy_import": 9000}
    assert station(THREE, both).energy_milli_wh == 9_000_000


@pytest.mark.parametrize(
    ("fallback", "expected"),
    [
        (Fallback.SECOND_STEP, [(1, Action.SET_LIMIT, 16)]),
        (
            Fallback.MINIMUM,
            [(1, Action.SET_LIMIT, 6), (2, Action.SET_LIMIT, 6)],
        ),
        (Fallback.PAUSE, [(1, Action.STOP, 0), (2, Action.STOP, 0)]),
    ],
)
def test_a_fallback_only_lowers(
    fallback: Fallback, expected: list[tuple[int, Action, int]]
) -> None:
    """Q33; a station that waits is not told anything."""
    config = ChargingConfig(
        maximum_a=100,
        charging_a=90,
        fallback=fallback,
        stations=tuple(StationSpec(id=number, rated_a=32) for number in (1, 2, 3)),
    )
    assert list(fallback_commands(config, {1: 32, 2: 16})) == [
        Command(station_id=number, action=action, limit_a=limit)
        for number, action, limit in expected
    ]
