"""The same meters in Home Assistant's YAML ``modbus``: one sensor for each value."""

from collections.abc import Iterator, Mapping
import json
from typing import Final

from custom_components.legrand_ews.ews.catalogue import (
    Catalogue,
    Field,
    FixedScale,
    Space,
    WordOrder,
)
from simulator.site import DeviceSpec, SiteSpec

SCAN_INTERVAL_S: Final = 60
_TIMEOUT_S: Final = 1


def configuration(
    site: SiteSpec, catalogue: Catalogue, ports: Mapping[str, int]
) -> str:
    """Return the ``modbus:`` section that reads the headline values of every meter.

    These are what the integration's entities show from the start; it reads all other
    values of a meter beside them, for its archive.
    """
    hubs = [
        {
            "name": gateway.name,
            "type": "tcp",
            "host": "127.0.0.1",
            "port": ports[gateway.name],
            "timeout": _TIMEOUT_S,
            "sensors": [
                sensor
                for device in site.devices
                if device.gateway == gateway.name
                for sensor in sensors(device, catalogue)
            ],
        }
        for gateway in site.gateways
    ]
    return f"modbus: {json.dumps(hubs)}\n"  # JSON is YAML


def sensors(device: DeviceSpec, catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """Yield a sensor for every headline value that has a register."""
    model = catalogue.model_of(device.model, device.parameters)
    is_swapped = device.word_order is not WordOrder.BIG
    for quantity in model.headline:
        found = [
            (block.rank, register.rank, n, block.space, register)
            for n, block in enumerate(catalogue.blocks_of(model, device.parameters))
            for register in block.fields
            if register.quantity == quantity
        ]
        if not found:
            continue
        *_, space, register = min(found, key=lambda one: one[:3])
        yield {
            "name": f"{device.name} {quantity}",
            "unique_id": f"{device.name} {quantity}",
            "slave": device.address,
            "address": register.address,
            "input_type": "input" if space is Space.INPUT else "holding",
            "data_type": _data_type(register),
            "scale": _scale(register),
            "precision": 3,
            "scan_interval": SCAN_INTERVAL_S,
            **({"swap": "word"} if is_swapped and register.type.words > 1 else {}),
        }


def _data_type(register: Field) -> str:
    sign = "int" if register.type.is_signed else "uint"
    return f"{sign}{16 * register.type.words}"


def _scale(register: Field) -> float:
    """Factor of a fixed scale; ratios of transformers are left out."""
    scale = register.scale
    return float(scale.multiplier) if isinstance(scale, FixedScale) else 1.0
