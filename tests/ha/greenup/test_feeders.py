"""Circuits inside the building as entities, and automations about them."""

from dataclasses import replace
from typing import Any, Final

from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import RegistryEntryDisabler
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging import Request, Zone
from custom_components.legrand_ews.ews.charging.settings import (
    Feeder,
    StationPlace,
    decode_settings,
    encode_settings,
)

from .garage import LEFT, RIGHT, Open
from .sight import Sight

CELLAR: Final = Feeder(id=3, name="Cellar", maximum_a=60, charging_a=50)
"""Without a meter: what its stations draw is added up."""
KEYS: Final = ("feeder_zone_3", "feeder_room_3")


def change(hass: HomeAssistant, entry: MockConfigEntry, **settings: Any) -> None:
    """Store other settings, as the form does."""
    before = decode_settings(entry.options["charging"])
    charging = encode_settings(replace(before, **settings))
    options = {**entry.options, "charging": charging}
    hass.config_entries.async_update_entry(entry, options=options)


async def test_a_feeder_has_a_zone_and_what_is_left(
    hass: HomeAssistant, open_garage: Open, entity_registry: er.EntityRegistry
) -> None:
    """Disabled at first; its zone is its own, whatever the building's is."""
    garage = await open_garage(
        feeders=(CELLAR,),
        places={x: StationPlace(circuit_id=CELLAR.id) for x in (LEFT, RIGHT)},
        maximum_a=250,
        charging_a=240,
    )
    assert garage.entry is not None
    see = Sight(hass, garage)
    for key in KEYS:
        entity = entity_registry.async_get(see.id("sensor", key))
        assert entity is not None
        assert entity.disabled_by is RegistryEntryDisabler.INTEGRATION
        entity_registry.async_update_entity(entity.entity_id, disabled_by=None)
    await hass.config_entries.async_reload(garage.entry.entry_id)

    await see.until("green", "sensor", KEYS[0])
    await see.until("50", "sensor", KEYS[1])
    names = {see.attributes("sensor", key)["friendly_name"] for key in KEYS}
    assert names == {
        f"{garage.entry.title} Charging zone of Cellar",
        f"{garage.entry.title} Current available for charging, Cellar",
    }
    calls = async_mock_service(hass, "test", "heard")
    zone = {"entity_id": see.id("sensor", KEYS[0])}
    rows: list[dict[str, Any]] = [
        {
            "alias": "not green",
            "triggers": [
                {
                    "trigger": f"{DOMAIN}.charging_zone_became",
                    "target": zone,
                    "options": {"zone": ["yellow", "red"]},
                }
            ],
            "conditions": [
                {
                    "condition": f"{DOMAIN}.charging_zone_is",
                    "target": zone,
                    "options": {"zone": ["yellow", "red"]},
                }
            ],
            "actions": [{"action": "test.heard"}],
        }
    ]
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: rows})
    await hass.async_block_till_done()

    garage.plug_in(LEFT)
    garage.plug_in(RIGHT)
    await garage.until(lambda: garage.drawn(LEFT) + garage.drawn(RIGHT) > 20)
    small = replace(CELLAR, maximum_a=20, charging_a=20)
    change(hass, garage.entry, feeders=(small,))
    await see.until("red", "sensor", KEYS[0])
    await garage.pass_time(1)
    assert len(calls) == 1
    assert see.state("sensor", "charging_zone") == "red"
    assert garage.management.state.lines[0, 1].zone is Zone.GREEN
    assert see.state("sensor", KEYS[1]) == "0"

    # The entities go with their feeder.
    entities = [see.id("sensor", key) for key in KEYS]
    change(hass, garage.entry, feeders=(), places={})
    await hass.async_block_till_done()
    await garage.pass_time(5)
    assert all(entity_registry.async_get(entity) is None for entity in entities)


async def test_a_station_that_is_not_managed_is_counted(open_garage: Open) -> None:
    """Its map is unconfirmed, so it gets no order; but it draws from its feeder."""
    garage = await open_garage(
        feeders=(CELLAR,),
        places={LEFT: StationPlace(circuit_id=CELLAR.id)},
        is_confirmed=False,
    )
    garage.plug_in(LEFT)
    await garage.until(lambda: garage.drawn(LEFT) == 32)
    await garage.pass_time(10)
    lines = garage.management.state.lines
    for phase in (1, 2, 3):
        assert lines[CELLAR.id, phase].load_ma == pytest.approx(31_500, abs=1000)
    assert not garage.management.stations[LEFT].is_managed
    assert garage.management.state.stations[LEFT].session is None
    with pytest.raises(ServiceValidationError) as caught:
        garage.management.async_request(LEFT, Request.WAIT)
    assert caught.value.translation_key == "station_not_managed"
    assert garage.limit(LEFT) == 32
