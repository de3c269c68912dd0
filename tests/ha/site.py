"""A site as configuration entries hold it, built from the core's own objects."""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigSubentry,
    ConfigSubentryData,
)
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import (
    Address,
    Charger,
    Device,
    Gateway,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    PulseInput,
    SerialLink,
    TcpLink,
)
from custom_components.legrand_ews.ews.model.charger_codec import encode_charger
from custom_components.legrand_ews.ews.model.codec import (
    encode_device,
    encode_gateway,
    encode_load,
    encode_part,
    first_ids,
)
from custom_components.legrand_ews.installation import (
    SUBENTRY_TYPES,
    subentry_unique_id,
)

type Part = Gateway | Device | Load | MeasureGroup | PanelBoard | Charger

EMDX3 = "412048"


def gateway(number: int, port: int, **changes: Any) -> Gateway:
    return Gateway(
        **{
            "id": number,
            "name": f"Gateway {number}",
            "link": TcpLink(host="127.0.0.1", port=port),
            **changes,
        }
    )


def device(number: int, gateway_id: int, unit: int, **changes: Any) -> Device:
    return Device(
        **{
            "id": number,
            "name": f"Meter {number}",
            "gateway_id": gateway_id,
            "address": Address(unit=unit),
            "model": EMDX3,
            **changes,
        }
    )


def entry(parts: Sequence[Part], **changes: Any) -> MockConfigEntry:
    """Return an entry of a site that holds ``parts``."""
    return MockConfigEntry(
        **{
            "domain": DOMAIN,
            "title": "Bakery",
            "data": {"next_ids": first_ids()},
            "options": {"sample_minutes": 10},
            "subentries_data": [_subentry(part) for part in parts],
            **changes,
        }
    )


def add(hass: HomeAssistant, entry: ConfigEntry, part: Part) -> None:
    """Store one more object in a site, past its flow."""
    data = _subentry(part)
    hass.config_entries.async_add_subentry(
        entry,
        ConfigSubentry(
            data=MappingProxyType(data["data"]),
            subentry_type=data["subentry_type"],
            title=data["title"],
            unique_id=data["unique_id"],
        ),
    )


def _subentry(part: Part) -> ConfigSubentryData:
    match part:
        case Gateway():
            kind, data = ObjectKind.GATEWAY, encode_gateway(part)
        case Device():
            kind, data = ObjectKind.DEVICE, encode_device(part)
        case Load():
            kind, data = ObjectKind.LOAD, encode_load(part)
        case MeasureGroup():
            kind, data = ObjectKind.GROUP, encode_part(part)
        case PanelBoard():
            kind, data = ObjectKind.BOARD, encode_part(part)
        case Charger():
            kind, data = ObjectKind.CHARGER, encode_charger(part)
    return ConfigSubentryData(
        data=data,
        subentry_type=SUBENTRY_TYPES[kind],
        title=part.name,
        unique_id=subentry_unique_id(kind, part.id),
    )


def serial(port: str, baud_rate: int) -> SerialLink:
    return SerialLink(port=port, baud_rate=baud_rate)


def pulse_meter(
    number: int,
    gateway_id: int,
    unit: int,
    position: int,
    model: str,
    *,
    weight: int,
    start: int = 0,
) -> Device:
    """Return a meter on an input of a pulse concentrator 0 046 87."""
    return device(
        number,
        gateway_id,
        unit,
        address=Address(unit=unit, position=position),
        model=model,
        pulse_input=PulseInput(
            concentrator="004687", weight=Decimal(weight), start=Decimal(start)
        ),
    )
