"""Every catalogue number at once: what each becomes in Home Assistant."""

from collections import defaultdict
from collections.abc import Iterable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Catalogue,
    Model,
    load_catalogue,
)
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    GatewayKind,
    PulseInput,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES

from . import site
from .conftest import Load, StartServer

BUS, SLAVE = 1, 2
GENERIC = {"function": "3", "register": "1000", "words": "2", "factor": "1"}
REMOTE_IDS = {
    "x_wsmeasure_device": "10012",
    "x_wsmeasure_load": "20003",
    "x_wsmeasure_group": "30001",
    "x_wsmeasure_all": "29999",
}


def devices(models: Iterable[Model], *, is_confirmed: bool) -> list[Device]:
    """Return one device of each model; pulse meters share two concentrators."""
    found: list[Device] = []
    position = 0
    for number, model in enumerate(models, 1):
        address, gateway, parameters = Address(unit=number), BUS, {}
        pulse_input = None
        if model.is_pulse:
            position += 1
            # a concentrator with twelve inputs, then another one
            unit = 240 + (position - 1) // 12
            address = Address(unit=unit, position=(position - 1) % 12 + 1)
            pulse_input = PulseInput(concentrator="412065")
        if model.key == "x_generic_modbus":
            parameters = GENERIC
        if model.key in REMOTE_IDS:
            gateway, address = SLAVE, Address(unit=247)
            parameters = {"remote_id": REMOTE_IDS[model.key]}
        if model.asks_side:
            address = Address(unit=number, position=2)
        found.append(
            site.device(
                number,
                gateway,
                number,
                address=address,
                model=model.key,
                parameters=parameters,
                pulse_input=pulse_input,
                is_map_confirmed=is_confirmed,
            )
        )
    return found


def gateways(port: int) -> list[Gateway]:
    return [
        site.gateway(BUS, port),
        site.gateway(SLAVE, port, kind=GatewayKind.EWS_SLAVE),
    ]


@pytest.mark.parametrize("is_confirmed", [False, True], ids=["guess", "confirmed"])
async def test_each_number_yields_what_its_row_promises(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    start_server: StartServer,
    load: Load,
    is_confirmed: bool,
) -> None:
    """Values and states of the catalogue, and commands where they may exist (D9)."""
    catalogue = load_catalogue()
    models = [m for m in catalogue.models.values() if m.is_metering_point]
    server = await start_server({})
    parts = devices(models, is_confirmed=is_confirmed)
    entry = site.entry([*gateways(server.port), *parts])
    await load(entry)

    shown: defaultdict[int, set[str]] = defaultdict(set)
    told: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    enabled: defaultdict[int, list[str]] = defaultdict(list)
    for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id):
        name = entity.unique_id.removeprefix(f"{entry.entry_id}_")
        kind, number, key = (
            name.split("_", 2) if name.count("_") > 1 else (name, "", "")
        )
        if kind != "device":
            continue
        device_id = int(number)
        if entity.domain in {"sensor", "binary_sensor"} and key in QUANTITIES:
            shown[device_id].add(key)
        elif key in commands_by_key(catalogue):
            told[device_id].add((entity.domain, key))
        else:
            continue
        if entity.disabled_by is None:
            enabled[device_id].append(key)

    for device, model in zip(parts, models, strict=True):
        commands = catalogue.commands_of(model, is_confirmed=is_confirmed)
        assert told[device.id] == {(c.kind.value, c.key) for c in commands}, model.key
        assert shown[device.id] == set(model.quantities), model.key
        # each once: what a command shows is not enabled a second time
        assert sorted(enabled[device.id]) == sorted(model.headline), model.key
        assert 0 < len(enabled[device.id]) <= 10, model.key


def commands_by_key(catalogue: Catalogue) -> set[str]:
    """Return the keys of all commands."""
    return {c.key for m in catalogue.maps.values() for c in m.commands}
