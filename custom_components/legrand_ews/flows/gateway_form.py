"""The form of a gateway: its fields, and the gateway that a filled form describes."""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from homeassistant.helpers.selector import SerialPortSelector
import probatio

from ..ews.errors import ConfigurationError
from ..ews.model import (
    Gateway,
    GatewayKind,
    Installation,
    Parity,
    SerialLink,
    TcpLink,
)
from ..ews.model.codec import RTU_OVER_TCP, SERIAL, TCP
from ..ews.model.gateway import BAUD_RATES, DEFAULT_TCP_PORT, DEFAULT_TIMEOUT_MS
from ..ews.model.rules import (
    STOP_BITS,
    check_gateway,
    clean_name,
    default_gateway_name,
)
from .forms import (
    SAVE_WITHOUT_TEST,
    SWITCH,
    TEXT,
    FormErrors,
    UserInput,
    choice,
    number,
    number_or_none,
    pick,
    whole,
)

EWS_SLAVE = GatewayKind.EWS_SLAVE.value
WAYS = (TCP, RTU_OVER_TCP, SERIAL, EWS_SLAVE)
"""Steps of the form: a bus by one of three ways, or another Energy Web Server."""


def way_of(gateway: Gateway) -> str:
    """Return the step of the form that fits a gateway."""
    if gateway.kind is GatewayKind.EWS_SLAVE:
        return EWS_SLAVE
    if isinstance(gateway.link, SerialLink):
        return SERIAL
    return RTU_OVER_TCP if gateway.link.is_rtu else TCP


def place_field(gateway: Gateway) -> str:
    """Return the field at which a gateway that cannot be reached is shown."""
    return "serial_port" if isinstance(gateway.link, SerialLink) else "host"


def gateway_schema(
    way: str,
    *,
    boards: Mapping[str, str] | None,
    eq_devices: Mapping[str, str],
    is_first: bool,
    may_skip_test: bool,
) -> probatio.Schema:
    """Return the fields of a gateway; the first one of a site asks no more than needed.

    ``boards`` are those on offer, None for no such field; ``eq_devices`` those devices
    whose power quality can be checked (S87). ``may_skip_test`` adds the choice that
    appears after a failed test.
    """
    fields: dict[probatio.Marker, object] = {}
    if way == SERIAL:
        fields[probatio.Required("serial_port")] = SerialPortSelector()
        rates = [str(rate) for rate in BAUD_RATES]
        fields[probatio.Required("baud_rate", default="19200")] = choice(
            rates, "baud_rate"
        )
        parities = [parity.name.lower() for parity in Parity]
        fields[probatio.Required("parity", default="even")] = choice(parities, "parity")
        stops = [str(bits) for bits in STOP_BITS]
        fields[probatio.Required("stop_bits", default="1")] = choice(stops, "stop_bits")
    else:
        fields[probatio.Required("host", default="")] = TEXT
        fields[probatio.Required("port", default=DEFAULT_TCP_PORT)] = number()
    fields[probatio.Required("timeout_ms", default=DEFAULT_TIMEOUT_MS)] = number("ms")
    fields[probatio.Optional("name")] = TEXT
    fields[probatio.Optional("description")] = TEXT
    if boards is not None:
        fields[probatio.Optional("board_id")] = pick(boards)
    if eq_devices:
        fields[probatio.Optional("eq_device_id")] = pick(eq_devices)
    if not is_first:
        fields[probatio.Required("is_enabled", default=True)] = SWITCH
    if may_skip_test:
        fields[probatio.Required(SAVE_WITHOUT_TEST, default=False)] = SWITCH
    return probatio.Schema(fields)


def gateway_values(gateway: Gateway) -> dict[str, Any]:
    """Return a stored gateway as its form shows it."""
    link = gateway.link
    values: dict[str, Any]
    if isinstance(link, SerialLink):
        values = {
            "serial_port": link.port,
            "baud_rate": str(link.baud_rate),
            "parity": link.parity.name.lower(),
            "stop_bits": str(link.stop_bits),
        }
    else:
        values = {"host": link.host, "port": link.port}
    values |= {
        "timeout_ms": gateway.timeout_ms,
        "name": gateway.name,
        "description": gateway.description,
        "is_enabled": gateway.is_enabled,
    }
    if gateway.board_id is not None:
        values["board_id"] = str(gateway.board_id)
    if gateway.eq_device_id is not None:
        values["eq_device_id"] = str(gateway.eq_device_id)
    return values


def gateway_from(
    way: str,
    user_input: UserInput,
    number: int,
    site: Installation,
    *,
    eq_devices: Container[str] = (),
) -> tuple[Gateway | None, FormErrors]:
    """Return the gateway that a form describes and what is wrong with it.

    There is no gateway where a value is not even a number.
    """
    errors = FormErrors()
    try:
        link = _link_from(way, user_input)
        gateway = Gateway(
            id=number,
            name=clean_name(user_input.get("name", "")),
            link=link,
            kind=GatewayKind.EWS_SLAVE if way == EWS_SLAVE else GatewayKind.MODBUS,
            description=user_input.get("description", "").strip(),
            timeout_ms=whole(user_input, "timeout_ms", DEFAULT_TIMEOUT_MS),
            board_id=number_or_none(user_input, "board_id"),
            eq_device_id=number_or_none(user_input, "eq_device_id"),
            is_enabled=user_input.get("is_enabled", True),
        )
    except ConfigurationError as error:
        errors.add_error(error)
        return None, errors
    if not gateway.name:
        gateway = replace(gateway, name=_default_name(gateway, site))
    # Without a name and a host there is one thing to say, not two.
    problems = check_gateway(
        gateway, site, has_quality=lambda device: str(device.id) in eq_devices
    )
    errors.add_problems(x for x in problems if x.key != "name_required")
    return gateway, errors


def _default_name(gateway: Gateway, site: Installation) -> str:
    others: Mapping[int, Gateway] = {
        n: other for n, other in site.gateways.items() if n != gateway.id
    }
    return default_gateway_name(gateway.link, replace(site, gateways=others))


def _link_from(way: str, user_input: UserInput) -> TcpLink | SerialLink:
    if way == SERIAL:
        return SerialLink(
            port=user_input["serial_port"].strip(),
            baud_rate=int(user_input["baud_rate"]),
            parity=Parity[user_input["parity"].upper()],
            stop_bits=int(user_input["stop_bits"]),
        )
    return TcpLink(
        host=user_input["host"].strip(),
        port=whole(user_input, "port", DEFAULT_TCP_PORT),
        is_rtu=way == RTU_OVER_TCP,
    )
