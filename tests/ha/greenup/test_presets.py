"""What is proposed for a charger of an integration that is known."""

import json
from pathlib import Path
import re

from homeassistant import components
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.ews.charging import Charge
from custom_components.legrand_ews.ews.model import ChargerRole as Role
from custom_components.legrand_ews.greenup.presets import (
    OTHER,
    async_presets,
    entities_of,
)

from .. import site
from ..flow_walk import TEXTS, Walk

pytestmark = pytest.mark.usefixtures("no_setup")

KNOWN = {
    "ocpp": {
        ("sensor", "ocpp.charger.status.sensor", None): None,
        ("sensor", "ocpp.charger.status_connector.sensor", None): Role.STATE,
        ("sensor", "ocpp.charger.error_code_connector.sensor", None): None,
        ("sensor", "ocpp.charger.current_offered.sensor", None): None,
        ("sensor", "ocpp.charger.current_import.sensor", None): Role.CURRENT_1,
        ("sensor", "ocpp.charger.power_active_import.sensor", None): Role.POWER,
        ("sensor", "ocpp.charger.energy_session.sensor", None): None,
        (
            "sensor",
            "ocpp.charger.energy_active_import_register.sensor",
            None,
        ): Role.ENERGY,
        ("number", "number.ocpp.charger.maximum_current", None): Role.CURRENT_LIMIT,
        ("switch", "switch.ocpp.charger.charge_control", None): None,
    },
    "wallbox": {
        ("sensor", "1-status_description", "status_description"): Role.STATE,
        ("sensor", "1-charging_power", "charging_power"): Role.POWER,
        ("sensor", "1-max_charging_current", "max_charging_current"): None,
        (
            "number",
            "1-max_charging_current",
            "maximum_charging_current",
        ): Role.CURRENT_LIMIT,
        ("switch", "1-paused", "pause_resume"): Role.PERMISSION,
    },
    "openevse": {
        ("sensor", "1_status", "status"): Role.STATE,
        ("sensor", "1_charging_current", "charging_current"): Role.CURRENT_1,
        ("number", "1_max_current_soft", "charge_rate"): Role.CURRENT_LIMIT,
        ("select", "1_override_state", "override_state"): Role.PERMISSION,
        ("sensor", "1_usage_session", "usage_session"): None,
        ("sensor", "1_usage_total", "usage_total"): Role.ENERGY,
    },
    "goecharger": {
        ("sensor", "123456-sensor-car-car", None): Role.STATE,
        ("sensor", "123456-sensor-nrg-0", None): None,
        ("sensor", "123456-sensor-nrg-4", None): Role.CURRENT_1,
        ("sensor", "123456-sensor-nrg-5", None): Role.CURRENT_2,
        ("sensor", "123456-sensor-nrg-6", None): Role.CURRENT_3,
        ("sensor", "123456-sensor-frc-frc", None): None,
        ("sensor", "123456-sensor-amp-0", None): None,
        ("number", "123456-number-ama-0", None): None,
        ("number", "123456-number-amp-0", None): Role.CURRENT_LIMIT,
        ("select", "123456-select-frc-frc", None): Role.PERMISSION,
        ("select", "123456-select-psm-psm", None): Role.PHASES,
        ("sensor", "123456-sensor-eto-0", None): Role.ENERGY,
    },
    "easee": {
        ("sensor", "EH123_circuit_current", "circuit_current"): None,
        ("sensor", "EH123_status", "easee_status"): Role.STATE,
        ("sensor", "EH123_current", "current"): Role.CURRENT_1,
        ("sensor", "EH123_power", "power"): Role.POWER,
        ("sensor", "EH123_session_energy", "session_energy"): None,
        ("sensor", "EH123_lifetime_energy", "lifetime_energy"): Role.ENERGY,
    },
    "zaptec": {
        (
            "sensor",
            "a1_charger_operation_mode",
            "charger_operation_mode",
        ): Role.STATE,
        ("sensor", "a1_current_phase1", "current_phase1"): Role.CURRENT_1,
        ("sensor", "a1_current_phase2", "current_phase2"): Role.CURRENT_2,
        ("sensor", "a1_current_phase3", "current_phase3"): Role.CURRENT_3,
        ("sensor", "a1_total_charge_power", "total_charge_power"): Role.POWER,
        ("number", "a1_charger_min_current", "charger_min_current"): None,
        ("number", "a1_charger_max_current", "charger_max_current"): (
            Role.CURRENT_LIMIT
        ),
        ("switch", "a1_permanent_cable_lock", "permanent_cable_lock"): None,
        (
            "switch",
            "a1_charger_operation_mode",
            "charger_operation_mode",
        ): Role.PERMISSION,
        ("sensor", "a1_signed_meter_value_kwh", "signed_meter_value"): Role.ENERGY,
        (
            "sensor",
            "a1_total_charge_power_session",
            "total_charge_power_session",
        ): None,
    },
    **{
        key: {
            (
                "sensor",
                "V1-charge_state_charging_state",
                "charge_state_charging_state",
            ): Role.STATE,
            (
                "sensor",
                "V1-charge_state_charger_actual_current",
                "charge_state_charger_actual_current",
            ): Role.CURRENT_1,
            (
                "number",
                "V1-charge_state_charge_limit_soc",
                "charge_state_charge_limit_soc",
            ): None,
            (
                "number",
                "V1-charge_state_charge_current_request",
                "charge_state_charge_current_request",
            ): Role.CURRENT_LIMIT,
            (
                "switch",
                f"V1-charge_state_{enable}",
                "charge_state_charging_state",
            ): Role.PERMISSION,
            (
                "sensor",
                "V1-charge_state_charge_energy_added",
                "charge_state_charge_energy_added",
            ): Role.ENERGY,
        }
        for key, enable in (
            ("teslemetry", "user_charge_enable_request"),
            ("tessie", "charge_enable_request"),
        )
    },
    "peblar": {
        ("sensor", "1_cp_state", "cp_state"): Role.STATE,
        ("sensor", "1_current_phase_1", "current_phase_1"): Role.CURRENT_1,
        ("sensor", "1_current_phase_2", "current_phase_2"): Role.CURRENT_2,
        ("sensor", "1_current_phase_3", "current_phase_3"): Role.CURRENT_3,
        ("number", "1_charge_current_limit", "charge_current_limit"): (
            Role.CURRENT_LIMIT
        ),
        ("switch", "1_force_single_phase", "force_single_phase"): Role.PHASES,
        ("switch", "1_charge", "charge"): Role.PERMISSION,
        ("sensor", "1_energy_total", "energy_total"): Role.ENERGY,
    },
}
"""Entities as the integrations name them: domain, unique id, translation key.

Those that are not part of Home Assistant by their source: lbbrhzn/ocpp at a37fed3
(const.py sensor_unique_id, number.py), syssi/homeassistant-goecharger-mqtt at 4754303
(entity.py, definitions/), nordicopen/easee_hass at 0a95d0d (const.py, entity.py),
custom-components/zaptec at b1a02b3 (entity.py, sensor.py, number.py, switch.py).
"""

MISSING = {
    "easee": {
        "current_limit": "script.easee_limit",
        "start": "script.easee_resume",
        "stop": "script.easee_pause",
    },
}
"""What an integration has actions for, but no entities: scripts of the user."""

WORDS = {
    # OCPP 1.6, 7.7; the integration tells OCPP 2 in the same words (ocppv201.py).
    "ocpp": {
        "Available": "no_vehicle",
        "Reserved": "no_vehicle",
        "Preparing": "connected",
        "Charging": "charging",
        "SuspendedEV": "suspended",
        "SuspendedEVSE": "suspended",
        "Finishing": "finished",
        "Faulted": "fault",
        "Unavailable": "fault",
    },
    # definitions/__init__.py (car); also shown while told not to charge: Complete.
    "goecharger": {
        "Idle": "no_vehicle",
        "Charging": "charging",
        "Wait for car": "connected",
        "Complete": "suspended",
        "Error": "fault",
    },
    # const.py (EASEE_STATUS) without those that tell nothing of a charge.
    "easee": {
        "disconnected": "no_vehicle",
        "awaiting_start": "connected",
        "charging": "charging",
        "completed": "finished",
        "error": "fault",
        "ready_to_charge": "connected",
        "awaiting_authorization": "connected",
        "de_authorizing": "finished",
        "start_charging": "connected",
        "stop_charging": "suspended",
        "offline": None,
        "awaiting_load_balancing": "connected",
        "awaiting_smart_start": "connected",
        "awaiting_scheduled_start": "connected",
        "authenticating": "connected",
        "paused_due_to_equalizer": "suspended",
        "searching_for_master": None,
        "erratic_ev": "fault",
        "error_temperature_too_high": "fault",
        "error_dead_powerboard": "fault",
        "error_overcurrent": "fault",
        "error_pen_fault": "fault",
    },
    # translations/en.json; stopped by the switch, it is finished (api.py).
    "zaptec": {
        "unknown": None,
        "disconnected": "no_vehicle",
        "connected_requesting": "connected",
        "connected_charging": "charging",
        "connected_finished": "suspended",
    },
}
"""What those show, and what it means; None where it tells nothing of a charge."""


@pytest.mark.parametrize("key", WORDS)
async def test_words_of_other_sources(hass: HomeAssistant, key: str) -> None:
    """A word that a preset does not know is silence: the station would be lost."""
    known = (await async_presets(hass))[key].states
    assert {word: known.get(word) for word in WORDS[key]} == WORDS[key]


@pytest.mark.parametrize("key", KNOWN)
async def test_entities_are_recognised(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    key: str,
) -> None:
    """The flow comes filled with the entities of the chosen device."""
    preset = (await async_presets(hass))[key]
    assert preset.domain is not None
    theirs = MockConfigEntry(domain=preset.domain)
    theirs.add_to_hass(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=theirs.entry_id, identifiers={(preset.domain, "1")}, name="Box"
    )
    expected = {}
    for (domain, unique_id, translation_key), role in KNOWN[key].items():
        entity = entity_registry.async_get_or_create(
            domain,
            preset.domain,
            unique_id,
            config_entry=theirs,
            device_id=device.id,
            translation_key=translation_key,
        )
        if role is not None:
            expected[role] = entity.entity_id
    assert entities_of(hass, preset, device.id) == expected

    ours = site.entry([site.gateway(1, 502)])
    ours.add_to_hass(hass)
    walk = await Walk.add(hass, ours, "charger")
    await walk.fill(preset=key)
    await walk.fill(device_id=device.id)
    assert walk.step == "entities"
    suggested = {x: y for x, y in walk.suggested.items() if x != "stops_at_zero"}
    assert suggested == {role.value: entity for role, entity in expected.items()}
    await walk.fill(**MISSING.get(key, {}))
    assert walk.step == "words", walk.errors
    proposed = {word for x in Charge for word in walk.suggested[x.value]}
    assert proposed == set(preset.states)
    await walk.fill()
    assert walk.step == "figures", walk.errors
    assert walk.suggested["name"] == "Box"


@pytest.mark.parametrize(
    "key", ["wallbox", "openevse", "peblar", "teslemetry", "tessie"]
)
async def test_home_assistant_still_has_what_a_preset_looks_for(
    hass: HomeAssistant, key: str
) -> None:
    """The entities and the words of the integrations that are installed with it."""
    preset = (await async_presets(hass))[key]
    assert preset.domain is not None
    path = Path(components.__file__).parent / preset.domain / "strings.json"
    entities = json.loads(path.read_text(encoding="utf-8"))["entity"]
    for role, domains in preset.roles.items():
        for domain, ends in domains.items():
            found = [
                name
                for name in entities[domain]
                if any(name == end or name.endswith(f"_{end}") for end in ends)
            ]
            assert found, role
            states = set(entities[domain][found[0]].get("state", ()))
            if role is Role.STATE:
                assert states == set(preset.states) or states == set(), states
            if domain == "select":
                assert {*preset.start_options, *preset.stop_options} <= states


async def test_words_of_a_wallbox(hass: HomeAssistant) -> None:
    """They are in its code alone; what tells nothing of a charge is left out."""
    path = Path(components.__file__).parent / "wallbox" / "const.py"
    code = path.read_text(encoding="utf-8").partition("class ChargerStatus")[2]
    said = set(re.findall(r' = "(.+)"', code.partition("\nclass ")[0]))
    words = set((await async_presets(hass))["wallbox"].states)
    assert words == said - {"Unknown", "Updating", "Discharging"}


async def test_every_preset_says_what_it_is_and_where_it_is_from(
    hass: HomeAssistant,
) -> None:
    presets = await async_presets(hass)
    assert list(presets)[-1] == OTHER
    for texts in TEXTS.values():
        assert texts["selector"]["charger_preset"]["options"].keys() == presets.keys()
    for preset in presets.values():
        assert preset.source
        assert {Charge.NO_VEHICLE, Charge.CHARGING} <= set(preset.states.values())
