"""Setting the load management up as a user does, and what is refused on the way."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews import flows
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging import (
    MAIN,
    ExternalLimit,
    Sharing,
    Solar,
    StationWish,
)
from custom_components.legrand_ews.ews.charging.settings import (
    Feeder,
    MeterSource,
    Scope,
    StationPlace,
)
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.ews.model.charger_codec import decode_charger
from custom_components.legrand_ews.greenup.stored import charging_settings

from .. import site
from ..flow_walk import Walk, only, stored

pytestmark = pytest.mark.usefixtures("no_setup")

METER, SINGLE, STATION = 1, 2, 3
PICTURES: Final = Path(flows.__file__).parents[1] / "assets" / "pictures"


@pytest.fixture
async def entry(hass: HomeAssistant) -> ConfigEntry:
    """A site with a three-phase meter, a single-phase one, and a station on L2."""
    found = site.entry(
        [
            site.gateway(1, 502),
            site.device(METER, 1, 1, name="Main"),
            site.device(SINGLE, 1, 2, model="412068", name="Flat"),
            site.device(STATION, 1, 3, model="059006", phase=2, name="Bay"),
        ]
    )
    found.add_to_hass(hass)
    return found


async def opened(hass: HomeAssistant, entry: ConfigEntry, *choices: str) -> Walk:
    walk = await Walk.options(hass, entry)
    for choice in ("greenup", *choices):
        await walk.choose(choice)
    return walk


async def set_up(hass: HomeAssistant, entry: ConfigEntry, **limits: Any) -> Walk:
    walk = await opened(hass, entry, "greenup_building", "greenup_device")
    await walk.fill(meter=str(METER))
    return await walk.fill(**{"maximum_a": 250, "charging_a": 230, **limits})


async def test_a_meter_of_ours_and_the_factory_s_parameters(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S118-S123, S270: images 1 and 2 as choices; errors at their fields."""
    walk = await opened(hass, entry)
    assert walk.result["menu_options"] == ["greenup_building", "greenup_feeder"]
    await walk.choose("greenup_building")
    await walk.choose("greenup_device")
    assert walk.options_of("meter") == {
        "1": "Main",
        "2-1": "Flat (L1)",
        "2-2": "Flat (L2)",
        "2-3": "Flat (L3)",
    }
    await walk.fill(meter="2-1")
    assert walk.errors == {"meter": "phase_not_measured"}
    assert "L2" in walk.text("error", "phase_not_measured", language="fr")
    await walk.fill(meter="1")
    assert walk.step == "greenup_limits"
    assert walk.suggested["hysteresis_percent"] == 0
    assert walk.suggested["first_step_percent"] == 75
    assert walk.suggested["second_step_percent"] == 50
    assert walk.suggested["guaranteed_ah"] == 32
    before = stored(entry)
    await walk.fill(
        maximum_a=250,
        charging_a=251,
        hysteresis_percent=21,
        second_step_percent=76,
        guaranteed_ah=1.5,
    )
    assert walk.errors == {"guaranteed_ah": "number_invalid"}
    await walk.fill(guaranteed_ah=32)
    assert walk.errors == {
        "charging_a": "charging_limit_above_maximum",
        "hysteresis_percent": "out_of_range",
        "second_step_percent": "steps_not_descending",
    }
    assert stored(entry) == before
    # Two ranges do not fit into one form: the other is told when it is sent again.
    await walk.fill(maximum_a=5)
    assert walk.errors.keys() == {"maximum_a", "charging_a", "second_step_percent"}
    assert walk.result["description_placeholders"]["minimum"] == "6"
    await walk.fill(maximum_a=250)
    assert walk.errors.keys() == {
        "charging_a",
        "hysteresis_percent",
        "second_step_percent",
    }
    assert walk.result["description_placeholders"]["minimum"] == "0"
    await walk.fill(charging_a=230, hysteresis_percent=0, second_step_percent=50)
    assert walk.step == "created"
    settings = charging_settings(entry)
    assert settings.meter == MeterSource(device_id=METER)
    assert (settings.maximum_a, settings.charging_a) == (250, 230)
    assert settings.scope is Scope.BUILDING
    assert settings.is_enabled


async def test_sensors_of_home_assistant_and_a_fixed_limit(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Image 2: charging may use all of its feeder; sensors of current or power."""
    units = {"a": "A", "b": "mA", "c": "kW", "wrong": "°C"}
    for name, unit in units.items():
        hass.states.async_set(f"sensor.{name}", "1", {"unit_of_measurement": unit})
    walk = await opened(hass, entry, "greenup_feeder", "greenup_sensors")
    await walk.fill(current_l1="sensor.a", current_l2="sensor.b")
    assert walk.errors == {"base": "sensors_one_or_three"}
    await walk.fill(
        current_l1="sensor.a", current_l2="sensor.a", current_l3="sensor.wrong"
    )
    assert walk.errors == {"base": "sensor_twice", "current_l3": "sensor_unit_wrong"}
    await walk.fill(current_l1="sensor.a", current_l2=None, current_l3=None)
    assert walk.errors == {"base": "phase_not_measured"}
    await walk.fill(current_l2="sensor.b", current_l3="sensor.c")
    assert walk.step == "greenup_limits"
    assert walk.suggested["charging_a"] == walk.suggested["maximum_a"]
    await walk.fill(maximum_a=40, charging_a=40)
    assert charging_settings(entry).meter == MeterSource(
        entity_ids=("sensor.a", "sensor.b", "sensor.c")
    )


async def test_what_is_changed_later(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Behaviour, circuits and stations; each keeps what the others have set."""
    await set_up(hass, entry)
    walk = await opened(hass, entry, "greenup_behaviour")
    await walk.fill(stale_after_s=90)
    assert walk.errors == {"fallback_after_s": "time_too_short"}
    await walk.fill(stale_after_s=20, fallback="minimum", last_resort="second_step")
    assert walk.errors == {"last_resort": "fallbacks_not_descending"}
    await walk.fill(
        fallback="second_step",
        last_resort="pause",
        sharing="fair",
        has_hard_limit=False,
    )
    assert walk.step == "created"
    settings = charging_settings(entry)
    assert (settings.sharing, settings.has_hard_limit) == (Sharing.FAIR, False)
    assert settings.maximum_a == 250

    walk = await opened(hass, entry, "greenup_feeders")
    garage = {"name": "Garage", "maximum_a": 63, "charging_a": 63}
    for rows, error in (
        ([garage, garage], "feeder_name_wrong"),
        ([{**garage, "parent": "Roof"}], "feeder_unknown"),
        ([{**garage, "parent": "Garage"}], "circuit_in_itself"),
        ([{**garage, "charging_a": 64}], "charging_limit_above_maximum"),
        ([{**garage, "sensors": ["sensor.a", "sensor.b"]}], "feeder_sensors"),
    ):
        await walk.fill(feeders=rows)
        assert walk.errors == {"feeders": error}
    await walk.fill(feeders=[garage, {**garage, "name": "Row", "parent": "Garage"}])
    assert charging_settings(entry).feeders == (
        Feeder(id=1, name="Garage", maximum_a=63, charging_a=63),
        Feeder(id=2, name="Row", maximum_a=63, charging_a=63, parent_id=1),
    )

    walk = await opened(hass, entry, "greenup_stations")
    await walk.fill(station=str(STATION))
    assert walk.options_of("circuit_id") == {
        "0": "Main circuit",
        "1": "Garage",
        "2": "Row",
    }
    await walk.fill(circuit_id="2", rated_a=6)
    assert walk.errors == {"rated_a": "rated_below_minimum"}
    await walk.fill(circuit_id="2", rated_a=16)
    assert charging_settings(entry).places == {
        STATION: StationPlace(circuit_id=2, rated_a=16)
    }
    walk = await opened(hass, entry, "greenup_feeders")
    await walk.fill(feeders=[garage])
    assert walk.errors == {"feeders": "circuit_unknown"}

    hass.states.async_set("sensor.grid", "1", {"unit_of_measurement": "°C"})
    walk = await opened(hass, entry, "greenup_wishes")
    await walk.fill(
        grid_entity="sensor.grid", external_entity="sensor.operator", safe_a=251
    )
    assert walk.errors == {
        "grid_entity": "sensor_unit_wrong",
        "safe_a": "out_of_range",
    }
    hass.states.async_set("sensor.grid", "1", {"unit_of_measurement": "kW"})
    await walk.fill(safe_a=32, grid_reserve_w=200)
    walk = await opened(hass, entry, "greenup_wish_stations")
    await walk.fill(station=str(STATION))
    await walk.fill(price_limit="cheap")
    assert walk.errors == {"price_limit": "price_invalid"}
    await walk.fill(solar="only", price_limit="0,15")
    settings = charging_settings(entry)
    assert settings.grid_entity == "sensor.grid"
    assert settings.external_entity == "sensor.operator"
    assert settings.wishes.external == ExternalLimit(safe_a=32)
    assert settings.wishes.grid_reserve_w == 200
    assert settings.wishes.stations == {
        STATION: StationWish(solar=Solar.ONLY, price_limit=Decimal("0.15"))
    }
    walk = await opened(hass, entry, "greenup_wish_stations")
    await walk.fill(station=str(STATION))
    await walk.fill(solar="off", price_limit=None)
    assert charging_settings(entry).wishes.stations == {}

    walk = await opened(hass, entry, "greenup_off")
    await walk.fill()
    assert charging_settings(entry).meter is None


WORDS = {
    "no_vehicle": ["Available"],
    "connected": ["Preparing"],
    "charging": ["Charging"],
    "suspended": ["SuspendedEV", "SuspendedEVSE"],
    "finished": ["Finishing"],
    "fault": ["Faulted"],
}


async def test_a_charger_of_another_integration(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Entities, words and figures, then a look at what is understood."""
    await set_up(hass, entry)
    hass.states.async_set("sensor.box", "Charging", {"options": ["Charging", "Odd"]})
    hass.states.async_set("sensor.box_power", "6.9", {"unit_of_measurement": "kW"})
    hass.states.async_set("number.box", "16", {"unit_of_measurement": "A"})
    hass.states.async_set("sensor.box_wh", "12.5", {"unit_of_measurement": "kWh"})
    hass.states.async_set("switch.box", "on")
    walk = await Walk.add(hass, entry, "charger")
    await walk.fill(preset="other")
    assert walk.step == "entities"
    await walk.fill(state="sensor.box", current_limit="number.box", power="sensor.box")
    assert walk.errors == {
        "permission": "charger_cannot_wait",
        "power": "sensor_unit_wrong",
    }
    await walk.fill(
        state="sensor.box",
        current_limit="number.box",
        power="sensor.box_power",
        permission="switch.box",
        energy="sensor.box_wh",
    )
    assert walk.step == "words"
    assert walk.suggested["start_option"] == "on"
    await walk.fill(charging=["Charging"], connected=["Charging"], no_vehicle=[])
    assert walk.errors == {"charging": "word_twice", "no_vehicle": "word_missing"}
    await walk.fill(**WORDS, stop_option="on")
    assert walk.errors == {"stop_option": "options_alike"}
    await walk.fill(**WORDS, stop_option="off")
    assert walk.step == "figures"
    await walk.fill(name="Bay")
    assert walk.errors == {"name": "name_duplicate"}
    await walk.fill(name="Box", rated_a=5, minimum_a=6)
    assert walk.errors == {"rated_a": "rated_below_minimum"}
    await walk.fill(name="Box", rated_a=16, minimum_a=5)
    assert walk.errors == {"minimum_a": "out_of_range"}
    await walk.fill(name="Box", rated_a=16, minimum_a=6, phases="l2_l3_l1")
    assert walk.step == "preview"
    shown = walk.text("step", "preview", "description")
    assert "**charging**" in shown
    assert "10.0 A / 10.0 A / 10.0 A" in shown  # 6.9 kW over three phases of 230 V
    assert "16 A" in shown
    assert "12.50 kWh" in shown
    await walk.choose("save")
    assert walk.step == "created"
    charger = decode_charger(only(entry, "charger").data)
    assert charger.id == STATION + 1
    assert charger.phases == (2, 3, 1)
    assert charger.states["SuspendedEV"] == "suspended"
    assert charger.entities[ChargerRole.PERMISSION] == "switch.box"

    walk = await Walk.change(hass, entry, only(entry, "charger"))
    await walk.choose("figures")
    assert walk.suggested["phases"] == "l2_l3_l1"
    await walk.fill(is_priority=True)
    await walk.choose("save")
    assert walk.step == "reconfigure_successful"
    changed = decode_charger(only(entry, "charger").data)
    assert changed.is_priority
    assert changed.entities == charger.entities


@pytest.fixture
def slip(hass: HomeAssistant) -> Iterator[Path]:
    """A map of one's own that cannot be read."""
    path = Path(hass.config.path(DOMAIN, "maps", "mine.yaml"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("key: mine\nblocks: [\n", "utf-8")
    yield path
    path.unlink()


async def test_a_map_of_one_s_own_that_cannot_be_read(
    hass: HomeAssistant, entry: ConfigEntry, slip: Path
) -> None:
    """Nothing can be said of stations without a catalogue: the flow says why."""
    walk = await opened(hass, entry, "greenup_building")
    assert walk.step == "catalogue_invalid"
    assert f"Line 3 of {slip.name}" in walk.text("abort", "catalogue_invalid")


async def test_a_management_that_was_taken_away_is_set_up_anew(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """A charger that was fed from one of its circuits is on the main meter then."""
    charger = Charger(
        id=4,
        name="Box",
        entities={ChargerRole.STATE: "sensor.box"},
        phases=(1,),
        rated_a=16,
        circuit_id=1,
    )
    site.add(hass, entry, charger)

    walk = await set_up(hass, entry)

    assert walk.step == "created"
    assert decode_charger(only(entry, "charger").data).circuit_id == MAIN


async def test_the_choices_are_explained_by_pictures_that_are_there(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await opened(hass, entry)
    shown = walk.result["description_placeholders"]
    assert shown.keys() == {"building", "feeder"}
    for language in ("en", "fr"):
        text = walk.text("step", "greenup", "description", language=language)
        assert all(f"]({address})" in text for address in shown.values())
    for address in shown.values():
        assert (PICTURES / Path(address).name).is_file()


async def test_chargers_are_numbered_with_the_devices(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """One number names one station, whoever reads it."""
    site.add(
        hass,
        entry,
        Charger(
            id=4,
            name="Box",
            entities={
                ChargerRole.STATE: "sensor.box",
                ChargerRole.CURRENT_LIMIT: "number.box",
            },
        ),
    )
    walk = await Walk.add(hass, entry, "charger")
    await walk.fill(preset="ocpp")
    assert walk.step == "charger_device"
    await walk.fill()
    assert walk.suggested["stops_at_zero"] is True
    await walk.fill(state="sensor.second", current_limit="number.second")
    await walk.fill(**WORDS)
    await walk.fill(name="Second")
    await walk.choose("save")
    numbers = [x.data["id"] for x in entry.get_subentries_of_type("charger")]
    assert numbers == [4, 5]
