"""What a site looks like in Home Assistant: devices, entities, states, units."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.components.sensor.const import (
    DEVICE_CLASS_STATE_CLASSES,
    DEVICE_CLASS_UNITS,
)
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.entities.descriptions import (
    BINARY_STATES,
    MEASUREMENTS,
    TOTALS,
)
from custom_components.legrand_ews.ews.model import Load, MeasureGroup, PanelBoard
from custom_components.legrand_ews.ews.quantities import QUANTITIES

from . import site
from .conftest import Load as LoadSite, PassTime, StartServer
from .registers import emdx3, u32

METER = emdx3(imported_wh=1_234_567, exported_wh=89, power_w=2500)


def test_every_quantity_has_one_row() -> None:
    assert MEASUREMENTS.keys() | BINARY_STATES.keys() == QUANTITIES.keys()
    assert {key for key in QUANTITIES if QUANTITIES[key].options == ("off", "on")} == (
        BINARY_STATES.keys()
    )
    assert not MEASUREMENTS.keys() & BINARY_STATES.keys()


@pytest.mark.parametrize("key", MEASUREMENTS)
def test_every_sensor_is_one_that_home_assistant_accepts(key: str) -> None:
    row = MEASUREMENTS[key]
    assert row.translation_key == key
    if row.device_class is SensorDeviceClass.ENUM:
        assert row.options == list(QUANTITIES[key].options)
        assert row.state_class is None
        return
    if row.device_class is not None:
        units = DEVICE_CLASS_UNITS[row.device_class]
        assert row.native_unit_of_measurement in units
        assert row.state_class in DEVICE_CLASS_STATE_CLASSES[row.device_class]
    if row.suggested_unit_of_measurement is not None:
        assert row.device_class is not None
        assert row.suggested_unit_of_measurement in DEVICE_CLASS_UNITS[row.device_class]


@pytest.mark.parametrize(
    ("fluid", "device_class", "unit"),
    [
        ("electricity", SensorDeviceClass.ENERGY, "kWh"),
        ("electricity_export", SensorDeviceClass.ENERGY, "kWh"),
        ("gas", SensorDeviceClass.GAS, "m³"),
        ("water", SensorDeviceClass.WATER, "m³"),
    ],
)
def test_totals_fit_the_energy_dashboard(
    fluid: str, device_class: SensorDeviceClass, unit: str
) -> None:
    row = next(row for key, row in TOTALS.items() if key == fluid)
    assert row.device_class is device_class
    assert row.suggested_unit_of_measurement == unit
    assert row.state_class is SensorStateClass.TOTAL_INCREASING


STATES = {
    # 0x1500 + 0x1502: 234 567 Wh and 1 MWh
    "sensor.meter_1_imported_active_energy": ("1234.567", "kWh", "energy"),
    "sensor.meter_1_exported_active_energy": ("0.089", "kWh", "energy"),
    # 0x1518: 2500 W
    "sensor.meter_1_active_power": ("2500", "W", "power"),
    # 0x1000: 230 100 mV
    "sensor.meter_1_voltage_l1_n": ("230.1", "V", "voltage"),
    # 0x1006: 4567 mA
    "sensor.meter_1_current_l1": ("4.567", "A", "current"),
    "sensor.meter_1_status": ("on", None, "enum"),
    "sensor.meter_1_register_map": ("inferred", None, "enum"),
    "binary_sensor.gateway_1_connection": ("on", None, "connectivity"),
    "sensor.gateway_1_error_rate": ("0.0", "%", None),
    "switch.gateway_1_enabled": ("on", None, None),
    "switch.meter_1_enabled": ("on", None, None),
    "button.gateway_1_test": ("unknown", None, None),
    "button.meter_1_test": ("unknown", None, None),
}


async def test_states_are_the_register_words(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    server = await start_server({11: METER})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    found = {
        state.entity_id: (
            state.state,
            state.attributes.get("unit_of_measurement"),
            state.attributes.get("device_class"),
        )
        for state in hass.states.async_all()
    }
    assert {name: found.get(name) for name in STATES} == STATES


async def test_only_headline_values_are_enabled(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    start_server: StartServer,
    load: LoadSite,
) -> None:
    server = await start_server({11: METER})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    model = entry.runtime_data.catalogue.models[site.EMDX3]
    prefix = f"{entry.entry_id}_device_1_"
    measured = {
        entity.unique_id.removeprefix(prefix): entity.disabled_by
        for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if entity.unique_id.startswith(prefix)
        and entity.unique_id.removeprefix(prefix) in QUANTITIES
    }
    assert measured.keys() == set(model.quantities)
    enabled = {key for key, disabled in measured.items() if disabled is None}
    assert enabled == set(model.headline)
    assert 0 < len(enabled) <= 10


async def test_a_power_factor_sector_is_named(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    start_server: StartServer,
    load: LoadSite,
) -> None:
    server = await start_server({11: METER})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    key = f"{entry.entry_id}_device_1_power_factor_sector"
    entry.add_to_hass(hass)
    entity_registry.async_get_or_create(
        "sensor", DOMAIN, key, suggested_object_id="sector", disabled_by=None
    )
    await load(entry)
    sector = hass.states.get("sensor.sector")
    assert sector is not None
    # 0x1025 holds 1
    assert sector.state == "inductive"


async def test_devices_form_a_tree(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: LoadSite,
) -> None:
    server = await start_server({11: METER})
    entry = site.entry(
        [
            site.gateway(1, server.port, board_id=1),
            site.device(1, 1, 11, load_id=4, group_ids=(1,)),
            Load(id=10, name="Ovens", color="#102030"),
            MeasureGroup(id=1, name="Ground floor"),
            PanelBoard(id=1, name="Main board"),
        ]
    )
    await load(entry)

    def registered(name: str) -> dr.DeviceEntry:
        identifier = (DOMAIN, f"{entry.entry_id}_{name}")
        found = device_registry.async_get_device_by_identifier(
            identifier, entry.entry_id
        )
        assert found is not None, name
        return found

    of_subentry = {x.unique_id: x.subentry_id for x in entry.subentries.values()}
    top = registered("site")
    assert top.name == "Bakery"
    assert top.entry_type is dr.DeviceEntryType.SERVICE
    gateway = registered("gateway_1")
    assert gateway.via_device_id == top.id
    assert gateway.config_subentry_id == of_subentry["gateway_1"]
    meter = registered("device_1")
    assert meter.via_device_id == gateway.id
    assert meter.config_subentry_id == of_subentry["device_1"]
    assert meter.model_id == "4 120 48"
    assert meter.model == "Multifunction measuring unit, DIN rail"
    for name, shown in (
        ("load_4", "Lighting"),
        ("group_1", "Ground floor"),
        ("board_1", "Main board"),
    ):
        part = registered(name)
        assert part.name == shown
        assert part.via_device_id == top.id
        assert part.entry_type is dr.DeviceEntryType.SERVICE
    # A load without a device has no totals, and no device in the registry.
    names = {
        name
        for device in dr.async_entries_for_config_entry(device_registry, entry.entry_id)
        for _, name in device.identifiers
    }
    assert f"{entry.entry_id}_load_10" not in names
    assert len(names) == 6


async def test_number_and_address_stand_with_the_status(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    """S80, S85."""
    server = await start_server({11: METER})
    await load(site.entry([site.gateway(1, server.port), site.device(7, 1, 11)]))
    status = hass.states.get("sensor.meter_7_status")
    assert status is not None
    attributes = {
        key: status.attributes[key]
        for key in ("object_id", "address", "provenance", "confidence")
    }
    assert attributes == {
        "object_id": 7,
        "address": "11",
        "provenance": "inferred",
        "confidence": "high",
    }


async def test_a_device_without_a_model_says_configuration(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    """S79, S84."""
    server = await start_server({11: METER})
    await load(
        site.entry([site.gateway(1, server.port), site.device(1, 1, 11, model=None)])
    )
    status = hass.states.get("sensor.meter_1_status")
    assert status is not None
    assert status.state == "configuration"
    assert hass.states.get("sensor.meter_1_active_power") is None
    assert server.requests == []


async def test_a_device_that_is_off_is_not_read(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    server = await start_server({11: METER, 12: METER})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11, is_enabled=False),
                site.device(2, 1, 12),
            ]
        )
    )
    states = {
        name: hass.states.get(name).state
        for name in (
            "sensor.meter_1_status",
            "sensor.meter_1_active_power",
            "switch.meter_1_enabled",
            "sensor.meter_2_status",
            "sensor.meter_2_active_power",
        )
    }
    assert states == {
        "sensor.meter_1_status": "off",
        "sensor.meter_1_active_power": STATE_UNAVAILABLE,
        "switch.meter_1_enabled": "off",
        "sensor.meter_2_status": "on",
        "sensor.meter_2_active_power": "2500",
    }
    assert {unit for unit, _, _ in server.requests} == {12}


@pytest.mark.usefixtures("clock")
async def test_a_state_is_written_only_when_it_has_changed(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite, pass_time: PassTime
) -> None:
    server = await start_server({11: METER})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    names = [name for name in STATES if name.startswith("sensor.meter_1_")]
    before = {name: hass.states.get(name).last_reported for name in names}
    asked = len(server.requests)
    server.units[11] = emdx3(imported_wh=1_234_567, exported_wh=89, power_w=2600)
    await pass_time(65)
    assert len(server.requests) > asked
    written = [n for n in names if hass.states.get(n).last_reported != before[n]]
    assert written == ["sensor.meter_1_active_power"]


@pytest.mark.usefixtures("clock")
async def test_many_entities_are_told_over_several_turns(
    hass: HomeAssistant,
    start_server: StartServer,
    load: LoadSite,
    pass_time: PassTime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "custom_components.legrand_ews.bus.coordinator.LISTENERS_AT_ONCE", 4
    )
    server = await start_server({11: METER, 12: METER})
    parts = [site.gateway(1, server.port), site.device(1, 1, 11), site.device(2, 1, 12)]
    await load(site.entry(parts))
    for unit in (11, 12):
        server.units[unit] = emdx3(power_w=700 + unit)
    await pass_time(65)
    powers = [hass.states.get(f"sensor.meter_{n}_active_power").state for n in (1, 2)]
    assert powers == ["711", "712"]


@pytest.mark.usefixtures("clock")
async def test_what_is_excluded_counts_in_no_total(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite, pass_time: PassTime
) -> None:
    server = await start_server({11: emdx3(imported_wh=0), 12: emdx3(imported_wh=0)})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11, load_id=4),
                site.device(2, 1, 12, load_id=4, is_excluded_from_totals=True),
            ]
        )
    )
    for unit in (11, 12):
        server.units[unit] = emdx3(imported_wh=1000)
    await pass_time(8 * 60)
    totals = [
        hass.states.get(f"sensor.{name}_total_consumed_energy").state
        for name in ("bakery", "lighting")
    ]
    assert [float(total) for total in totals] == [1, 1]


async def test_a_total_of_export_is_offered_and_not_imposed(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    server = await start_server({11: METER})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    assert hass.states.get("sensor.bakery_total_exported_energy") is not None
    assert hass.states.get("sensor.others_total_exported_energy") is None


async def test_gas_and_water_behind_a_pulse_concentrator(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> None:
    """S14, S149."""
    # Table of 0 046 87: number of inputs at 0xC666, total of input n behind it.
    words = dict.fromkeys(range(0xC666, 0xC676), 0) | u32(0xC666, 7)
    words |= u32(0xC668, 1500) | u32(0xC66A, 420)
    server = await start_server({5: words})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.pulse_meter(1, 1, 5, 1, "x_pulse_gas", weight=10, start=250),
                site.pulse_meter(2, 1, 5, 2, "x_pulse_water", weight=1),
            ]
        )
    )
    gas = hass.states.get("sensor.meter_1_gas_volume")
    assert gas is not None
    # 1500 pulses of 10 dm³ and 250 dm³ to begin with
    assert float(gas.state) == 15.25
    assert gas.attributes["unit_of_measurement"] == "m³"
    assert gas.attributes["device_class"] == "gas"
    water = hass.states.get("sensor.meter_2_water_volume")
    assert water is not None
    assert float(water.state) == 0.42
    assert water.attributes["unit_of_measurement"] == "m³"
    assert water.attributes["device_class"] == "water"
    # Both are known as well as the concentrator's own registers.
    assert hass.states.get("sensor.meter_1_register_map").state == "documented"
    # One unit, read once for both.
    covering = [
        first
        for _, first, count in server.requests
        if first <= 0xC668 and first + count > 0xC66B
    ]
    assert len(covering) == 1
    names = {state.name for state in hass.states.async_all("sensor")}
    assert {"Bakery Total gas", "Bakery Total water"} <= names


async def test_what_a_device_says_of_itself_is_in_the_registry(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: LoadSite,
) -> None:
    # 0 146 69: measurements at 0xC550, energies at 0xC650, firmware × 100 at 0xC357
    words = dict.fromkeys((*range(0xC550, 0xC58E), *range(0xC650, 0xC690)), 0)
    server = await start_server({3: words | {0xC355: 0, 0xC356: 100, 0xC357: 123}})
    entry = site.entry(
        [site.gateway(1, server.port), site.device(1, 1, 3, model="014669")]
    )
    await load(entry)
    meter = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_device_1"), entry.entry_id
    )
    assert meter is not None
    assert meter.sw_version == "1.23"
    assert meter.serial_number is None
    assert meter.manufacturer == "Legrand"


async def test_a_meter_of_another_maker_by_its_register(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: LoadSite,
) -> None:
    server = await start_server({8: {0x2000: 0, 0x2001: 4711}})
    given = {"function": "3", "register": "2000", "words": "2", "factor": "100"}
    entry = site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 8, model="x_generic_modbus", parameters=given),
            site.device(2, 1, 9, model="x_generic_modbus", parameters={}),
        ]
    )
    await load(entry)
    energy = hass.states.get("sensor.meter_1_imported_active_energy")
    assert energy is not None
    # 4711 counts of 100 Wh
    assert float(energy.state) == 471.1
    meter = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_device_1"), entry.entry_id
    )
    assert meter is not None
    assert meter.manufacturer is None
    # The other one was stored without what its register is.
    status = hass.states.get("sensor.meter_2_status")
    assert status is not None
    assert status.state == "configuration"
    assert hass.states.get("sensor.meter_2_imported_active_energy") is None
