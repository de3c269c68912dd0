"""Limits of chargers in the units, steps and choices that their entities have.

What an entity cannot do exactly is rounded down: 230 V between phase and neutral, as
everywhere here; steps begin at the lowest value of a number.
"""

from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.legrand_ews.ews.charging import Action, Charge, Command
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.greenup.chargers import ChargerStation

BOX = 6
THREE, ONE = (1, 2, 3), (2,)
AMPERES = {"unit_of_measurement": "A", "min": 0, "max": 100, "step": 1}


class Box:
    """Entities of a charger that obey at once, or not at all."""

    def __init__(self, hass: HomeAssistant, domain: str, attributes: Any) -> None:
        self.entity_id = f"{domain}.box"
        self.told: list[Any] = []
        self._hass = hass
        self._attributes = attributes
        self.show("unknown")
        hass.states.async_set("sensor.box", "charging")
        for service, field in (("set_value", "value"), ("select_option", "option")):
            hass.services.async_register(domain, service, self._taker(field))

    def show(self, state: object) -> None:
        self._hass.states.async_set(self.entity_id, str(state), self._attributes)

    def station(self, *entities: tuple[ChargerRole, str], **changes: Any) -> Any:
        named = {
            ChargerRole.STATE: "sensor.box",
            ChargerRole.CURRENT_LIMIT: self.entity_id,
            **dict(entities),
        }
        charger = Charger(
            **{
                "id": BOX,
                "name": "Box",
                "rated_a": 32,
                "entities": named,
                "states": {x.value: x.value for x in Charge},
                **changes,
            }
        )
        return ChargerStation(self._hass, charger)

    def _taker(self, field: str) -> Any:
        async def take(call: ServiceCall) -> None:
            self.told.append(call.data[field])
            self.show(call.data[field])

        return take


def limit_of(limit_a: int) -> Command:
    return Command(station_id=BOX, action=Action.SET_LIMIT, limit_a=limit_a)


@pytest.mark.parametrize(
    ("domain", "attributes", "phases", "limit_a", "told"),
    [
        pytest.param("number", AMPERES, THREE, 13, 13, id="A"),
        pytest.param(
            "number", {**AMPERES, "unit_of_measurement": "mA"}, ONE, 13, 13_000, id="mA"
        ),
        pytest.param("number", {}, THREE, 13, 13, id="no unit is A"),
        pytest.param(
            "number", {"unit_of_measurement": "W"}, THREE, 16, 11_040, id="W, 3 phases"
        ),
        pytest.param(
            "number", {"unit_of_measurement": "kW"}, ONE, 16, 3.68, id="kW, 1 phase"
        ),
        pytest.param(
            "number",
            {"unit_of_measurement": "kW", "min": 0, "max": 22, "step": 0.1},
            THREE,
            16,
            11.0,
            id="kW in tenths",
        ),
        pytest.param(
            "number", {**AMPERES, "step": 0.1}, THREE, 13, 13, id="tenths of an ampere"
        ),
        pytest.param(
            "number", {**AMPERES, "min": 6, "step": 4}, THREE, 13, 10, id="wide steps"
        ),
        pytest.param(
            "select", {"options": ["6 A", "10 A", "16"]}, THREE, 13, "10 A", id="list"
        ),
        pytest.param(
            "select", {"options": ["Off", "6.5", "13"]}, THREE, 13, "13", id="exactly"
        ),
    ],
)
async def test_what_is_set_and_shown(
    hass: HomeAssistant,
    domain: str,
    attributes: dict[str, Any],
    phases: tuple[int, ...],
    limit_a: int,
    told: float | str,
) -> None:
    """A limit that was rounded down is the one that was asked for: it is obeyed."""
    box = Box(hass, domain, attributes)
    station = box.station(phases=phases)
    await station.apply(limit_of(limit_a))
    assert box.told == [pytest.approx(told)]
    reading = station.read(dt_util.utcnow())
    assert reading is not None
    assert reading.limit_a == limit_a


@pytest.mark.parametrize(
    ("domain", "attributes", "shown", "limit_a"),
    [
        ("number", AMPERES, "15.9", 15),
        ("number", {"unit_of_measurement": "kW"}, "11.0", 15),
        ("select", {"options": ["6 A", "16 A"]}, "16 A", 16),
        ("select", {"options": ["6 A", "Off"]}, "Off", None),
        ("number", AMPERES, "unavailable", None),
        ("number", {"unit_of_measurement": "%"}, "50", None),
    ],
)
async def test_a_limit_that_somebody_else_has_set(
    hass: HomeAssistant, domain: str, attributes: Any, shown: str, limit_a: int | None
) -> None:
    box = Box(hass, domain, attributes)
    station = box.station()
    box.show(shown)
    reading = station.read(dt_util.utcnow())
    assert reading is not None
    assert reading.limit_a == limit_a


@pytest.mark.parametrize(
    ("domain", "attributes", "limit_a", "key"),
    [
        ("number", {"unit_of_measurement": "%"}, 16, "charger_limit_unit"),
        ("select", {"options": ["10 A", "16 A"]}, 7, "charger_option_missing"),
        ("select", {"options": ["0", "16"]}, 7, "charger_option_missing"),
        ("select", {"options": ["6", "16"]}, 0, "charger_option_missing"),
    ],
)
async def test_what_cannot_be_set(
    hass: HomeAssistant, domain: str, attributes: Any, limit_a: int, key: str
) -> None:
    """Nothing is told then, and least of all another quantity."""
    box = Box(hass, domain, attributes)
    with pytest.raises(HomeAssistantError) as caught:
        await box.station().apply(limit_of(limit_a))
    assert caught.value.translation_key == key
    assert box.told == []


@pytest.mark.parametrize(
    ("domain", "attributes", "lowest", "highest"),
    [
        pytest.param("number", AMPERES, 6, 32, id="all"),
        pytest.param("number", {}, 6, 32, id="says nothing"),
        pytest.param("number", {**AMPERES, "min": 8}, 8, 32, id="not so low"),
        pytest.param("number", {**AMPERES, "min": 6.5}, 7, 32, id="nor in between"),
        pytest.param("number", {**AMPERES, "max": 16}, 6, 16, id="not so high"),
        pytest.param(
            "number",
            {"unit_of_measurement": "kW", "min": 4.2, "max": 11.04},
            7,
            16,
            id="in kW",
        ),
        pytest.param("select", {"options": ["10 A", "16 A"]}, 10, 16, id="list"),
        pytest.param("select", {"options": ["0", "16"]}, 16, 16, id="off or on"),
        pytest.param("number", {**AMPERES, "max": 0}, 6, 32, id="makes no sense"),
    ],
)
async def test_what_it_can_be_set_to(
    hass: HomeAssistant, domain: str, attributes: Any, lowest: int, highest: int
) -> None:
    """Bounds what the user has said: an order outside would be refused for ever."""
    spec = Box(hass, domain, attributes).station().spec
    assert (spec.minimum_a, spec.rated_a) == (lowest, highest)


async def test_a_limit_in_kw_while_phases_are_switched(hass: HomeAssistant) -> None:
    """The same power is three times the current on one phase: it is no longer obeyed."""
    box = Box(hass, "number", {"unit_of_measurement": "kW", "min": 0, "max": 22})
    hass.states.async_set("switch.box_one", "off")
    station = box.station((ChargerRole.PHASES, "switch.box_one"))
    await station.apply(limit_of(16))
    assert box.told == [pytest.approx(11.04)]
    hass.states.async_set("switch.box_one", "on")
    reading = station.read(dt_util.utcnow())
    assert reading is not None
    assert reading.limit_a == 48
    await station.apply(limit_of(16))
    assert box.told[1:] == [pytest.approx(3.68)]


@pytest.mark.parametrize(
    ("sensors", "drawn_ma"),
    [
        pytest.param({"current_1": ("16", "A")}, (16_000,) * 3, id="one for all"),
        pytest.param(
            {"current_1": ("16", "A"), "current_2": ("unavailable", "A")},
            (16_000,) * 3,
            id="one is missing",
        ),
        pytest.param(
            {"current_1": ("unavailable", "A"), "power": ("4.14", "kW")},
            (6_000,) * 3,
            id="the power instead",
        ),
        pytest.param({"current_1": ("-16000", "mA")}, (16_000,) * 3, id="backwards"),
        pytest.param({"power": ("-4140", "W")}, (6_000,) * 3, id="power backwards"),
        pytest.param({"current_1": ("unknown", "A")}, (32_000,) * 3, id="its limit"),
        pytest.param(
            {"power": ("3.68", "kW"), "phases": ("on", None)},
            (16_000,),
            id="switched to one phase",
        ),
    ],
)
async def test_what_a_vehicle_draws(
    hass: HomeAssistant, sensors: dict[str, Any], drawn_ma: tuple[int, ...]
) -> None:
    """Never less than what is measured, and the limit where nothing is."""
    box = Box(hass, "number", AMPERES)
    box.show(32)
    for name, (state, unit) in sensors.items():
        attributes = {"unit_of_measurement": unit} if unit else {}
        hass.states.async_set(f"sensor.{name}", state, attributes)
    station = box.station(*((ChargerRole(x), f"sensor.{x}") for x in sensors))
    reading = station.read(dt_util.utcnow())
    assert reading is not None
    assert reading.drawn_ma == drawn_ma


@pytest.mark.parametrize(
    ("shown", "is_permitted", "limit_a"), [("0", False, None), ("16", True, 16)]
)
async def test_a_limit_of_zero_that_lets_it_wait(
    hass: HomeAssistant, shown: str, is_permitted: bool, limit_a: int | None
) -> None:
    """So an empty one can be held, and its next vehicle asks first."""
    box = Box(hass, "number", AMPERES)
    box.show(shown)
    reading = box.station(stops_at_zero=True).read(dt_util.utcnow())
    assert reading is not None
    assert (reading.is_permitted, reading.limit_a) == (is_permitted, limit_a)
