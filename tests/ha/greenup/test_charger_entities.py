"""Entities of a charger that its form refuses, each at its field."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging.settings import (
    ChargingSettings,
    MeterSource,
    encode_settings,
)
from custom_components.legrand_ews.ews.model import Charger, ChargerRole

from .. import site
from ..flow_walk import Walk

pytestmark = pytest.mark.usefixtures("no_setup")

FIRST = Charger(
    id=4,
    name="First",
    entities={
        ChargerRole.STATE: "sensor.first",
        ChargerRole.CURRENT_LIMIT: "number.first",
        ChargerRole.PERMISSION: "switch.first",
        ChargerRole.POWER: "sensor.garage_power",
    },
)
SECOND = {
    "state": "sensor.second",
    "current_limit": "number.second",
    "permission": "switch.second",
}


@pytest.fixture
async def entry(hass: HomeAssistant) -> ConfigEntry:
    """A site with a charger, and entities of a second one and of a Green'Up station."""
    found = site.entry([FIRST])
    found.add_to_hass(hass)
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "number", DOMAIN, "limit", suggested_object_id="greenup_limit"
    )
    hass.states.async_set("number.second", "16", {"unit_of_measurement": "A", "min": 6})
    hass.states.async_set("number.share", "50", {"unit_of_measurement": "%"})
    return found


@pytest.mark.parametrize(
    ("entities", "errors"),
    [
        pytest.param({"state": "sensor.first"}, {"state": "charger_entity_taken"}),
        pytest.param(
            {"current_limit": "number.first"},
            {"current_limit": "charger_entity_taken"},
        ),
        pytest.param(
            {"permission": "switch.first"}, {"permission": "charger_entity_taken"}
        ),
        pytest.param(
            {"current_limit": "number.greenup_limit"},
            {"current_limit": "charger_entity_own"},
        ),
        pytest.param(
            {"current_limit": "number.share"}, {"current_limit": "sensor_unit_wrong"}
        ),
        pytest.param({"stops_at_zero": True}, {"stops_at_zero": "charger_never_zero"}),
        pytest.param({"power": "sensor.garage_power"}, None, id="measured together"),
    ],
)
async def test_what_is_refused(
    hass: HomeAssistant,
    entry: ConfigEntry,
    entities: dict[str, Any],
    errors: dict[str, str] | None,
) -> None:
    """Two stations at one entity would get orders that contradict each other."""
    walk = await Walk.add(hass, entry, "charger")
    await walk.fill(preset="other")
    await walk.fill(**{**SECOND, **entities})
    assert (walk.errors or None) == errors
    assert walk.step == ("entities" if errors else "words")
    for key in (errors or {}).values():
        assert walk.text("error", key, language="fr")


async def test_a_limit_of_the_grid_operator_is_a_current_or_a_power(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """A percentage would be taken for amperes."""
    charging = ChargingSettings(
        meter=MeterSource(entity_ids=("sensor.a",), phases=(1,)),
        maximum_a=63,
        charging_a=60,
    )
    options = {**entry.options, "charging": encode_settings(charging)}
    hass.config_entries.async_update_entry(entry, options=options)
    walk = await Walk.options(hass, entry)
    for choice in ("greenup", "greenup_wishes"):
        await walk.choose(choice)
    await walk.fill(external_entity="number.share", safe_a=10)
    assert walk.errors == {"external_entity": "sensor_unit_wrong"}
    await walk.fill(external_entity="number.second", safe_a=10)
    assert walk.step == "created"


async def test_its_own_entities_are_kept(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """A charger is no rival of itself."""
    subentry = entry.get_subentries_of_type("charger")[0]
    walk = await Walk.change(hass, entry, subentry)
    await walk.choose("entities")
    await walk.fill()
    assert walk.step == "words"
