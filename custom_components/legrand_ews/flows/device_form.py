"""The form of a device: the fields its model asks for, and the device it describes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from homeassistant.helpers.selector import SelectSelector
import probatio

from ..ews.catalogue import (
    Catalogue,
    Model,
    ParameterKind,
    ParameterSpec,
    generic_block,
)
from ..ews.catalogue.families import MAP_PARAMETER
from ..ews.catalogue.places import counted_fluid, may_share_address
from ..ews.errors import ConfigurationError
from ..ews.model import Address, Device, Installation, PulseInput, Supply
from ..ews.model.device import PHASES, SIDES
from ..ews.model.grouping import PREDEFINED_LOAD_IDS
from ..ews.model.problems import problem
from ..ews.model.remote import REMOTE_ID, SLAVE_UNIT, remote_id, remote_object
from ..ews.model.rules import (
    check_device,
    check_parameter,
    clean_name,
    default_device_name,
    normal_parameter,
)
from ..ews.model.upstream import is_downstream
from .forms import (
    FIXED_TEXT,
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

_FORM_FIELDS: Final = MappingProxyType({"gateway_id": "base"})
"""Where the form shows what is wrong with a field that an earlier step has asked."""
_FORM_FIELDS_OF_PULSES: Final = MappingProxyType(
    {**_FORM_FIELDS, "address": "concentrator_address"}
)
"""A pulse meter has no address of its own: the form asks for its concentrator's."""
_LAST_OBJECT: Final = 9_999
"""Largest number of an object in a slave server; all remote IDs are larger."""
_REPORTING_FAMILIES: Final = ("ems_", "dpx3", "dmx3")
"""Beginnings of the families whose events are reported (S82)."""


def is_slave_model(model: Model) -> bool:
    """Whether it is a part of another Energy Web Server (S130)."""
    names = {spec.name for spec in model.parameters}
    return REMOTE_ID in names or REMOTE_ID in model.fixed_parameters


def reports_events(model: Model) -> bool:
    """Whether its events are reported, so that they can be left out (S82)."""
    return model.family.startswith(_REPORTING_FAMILIES)


def address_field(model: Model) -> str:
    """Return the field at which a device that does not answer is shown."""
    return "concentrator_address" if model.is_pulse else "address"


def form_fields(device: Device) -> Mapping[str, str]:
    """Return the form's field for a rule's, where their names differ."""
    return _FORM_FIELDS if device.pulse_input is None else _FORM_FIELDS_OF_PULSES


def meters_upstream(
    site: Installation, catalogue: Catalogue, model: Model, stored: Device | None
) -> Mapping[str, str]:
    """Return the meters that can be upstream of a device, by name (S81).

    They count the same fluid, and a stored device is not above itself.
    """
    fluid_of = counted_fluid(catalogue)
    return {
        str(meter.id): meter.name
        for meter in site.devices.values()
        if fluid_of(meter) is model.fluid
        and (stored is None or not is_downstream(meter.id, stored.id, site))
    }


def device_schema(
    model: Model,
    *,
    loads: Mapping[str, str],
    groups: Mapping[str, str] | None,
    meters: Mapping[str, str],
    concentrators: SelectSelector,
    maps: SelectSelector,
    may_skip_test: bool,
) -> probatio.Schema:
    """Return the fields of a device of a model.

    ``loads``, ``groups`` and ``meters`` upstream are those on offer, by the names to
    show, ``groups`` None for no such field; ``concentrators`` and register ``maps``
    are choices of their own.

    Gas and water have their load by themselves, so it is not asked (S70).
    ``may_skip_test`` adds the choice that appears after a failed test.
    """
    fields: dict[probatio.Marker, object] = {}
    if model.is_pulse:
        fields |= _pulse_fields(model, concentrators)
    elif is_slave_model(model):
        fields |= _slave_fields(model)
    else:
        fields[probatio.Required("address", default="")] = TEXT
    if model.asks_side:
        fields[probatio.Required("side", default=str(SIDES[0]))] = _numbered(
            "side", SIDES
        )
    fields[probatio.Optional("name")] = TEXT
    if model.asks_phase:
        fields[probatio.Required("phase")] = _numbered("phase", PHASES)
    for spec in model.parameters:
        is_needed = spec.is_required or spec.default is not None
        marker = probatio.Required if is_needed else probatio.Optional
        default = probatio.UNDEFINED if spec.default is None else spec.default.lower()
        fields[marker(spec.name, default=default)] = (
            maps if spec.name == MAP_PARAMETER else _selector(spec)
        )
    if model.asks_supply:
        supplies = [supply.value for supply in Supply]
        fields[probatio.Required("supply", default=Supply.UPSTREAM.value)] = choice(
            supplies, "supply"
        )
    if model.counts_energy and model.fixed_load is None:
        fields[probatio.Optional("load_id")] = pick(loads)
    if groups is not None:
        fields[probatio.Optional("group_ids", default=list)] = pick(
            groups, multiple=True
        )
    if model.counts_energy:
        fields[probatio.Required("is_excluded_from_totals", default=False)] = SWITCH
        if meters:
            fields[probatio.Optional("upstream_device_id")] = pick(meters)
    if reports_events(model):
        fields[probatio.Required("exclude_alerts", default=False)] = SWITCH
    fields[probatio.Required("is_enabled", default=True)] = SWITCH
    if may_skip_test:
        fields[probatio.Required(SAVE_WITHOUT_TEST, default=False)] = SWITCH
    return probatio.Schema(fields)


def device_values(device: Device) -> dict[str, Any]:
    """Return a stored device as its form shows it."""
    values: dict[str, Any] = {
        "name": device.name,
        **{name: text.lower() for name, text in device.parameters.items()},
        "supply": device.supply.value,
        "group_ids": [str(number) for number in device.group_ids],
        "is_excluded_from_totals": device.is_excluded_from_totals,
        "exclude_alerts": device.exclude_alerts,
        "is_enabled": device.is_enabled,
    }
    if device.load_id is not None:
        values["load_id"] = str(device.load_id)
    if device.upstream_device_id is not None:
        values["upstream_device_id"] = str(device.upstream_device_id)
    if device.phase is not None:
        values["phase"] = str(device.phase)
    if device.side is not None:
        unit = str(device.address.unit)
        return {**values, "address": unit, "side": str(device.side)}
    if device.pulse_input is None:
        return {**values, "address": str(device.address)}
    return {
        **values,
        "concentrator": device.pulse_input.concentrator,
        "concentrator_address": str(device.address.unit),
        "position": device.address.position,
        "weight": str(device.pulse_input.weight),
        "start": str(device.pulse_input.start),
    }


def device_from(
    user_input: UserInput,
    draft: Device,
    model: Model,
    catalogue: Catalogue,
    site: Installation,
) -> tuple[Device | None, FormErrors]:
    """Return the device that a form describes and what is wrong with it.

    ``draft`` brings number, gateway and model. There is no device where a value cannot
    be read at all.
    """
    errors = FormErrors()
    address = _address_from(user_input, model, errors)
    pulse_input = _pulse_input_from(user_input, model, catalogue, errors)
    parameters = _parameters_from(user_input, model, catalogue, errors)
    if address is None or errors:
        return None, errors
    device = replace(
        draft,
        name=clean_name(user_input.get("name", "")),
        address=address,
        model=model.key,
        load_id=_load_from(user_input, model),
        group_ids=tuple(int(number) for number in user_input.get("group_ids", [])),
        supply=Supply(user_input.get("supply", Supply.UPSTREAM)),
        pulse_input=pulse_input,
        parameters=parameters,
        phase=number_or_none(user_input, "phase"),
        is_excluded_from_totals=user_input.get("is_excluded_from_totals", False),
        upstream_device_id=number_or_none(user_input, "upstream_device_id"),
        exclude_alerts=user_input.get("exclude_alerts", False),
        is_enabled=user_input["is_enabled"],
    )
    if draft.model != device.model:
        device = replace(device, is_map_confirmed=False, channel_names={})
    if _chosen_map(draft) != _chosen_map(device):
        device = replace(device, is_map_confirmed=False)
    if not device.name:
        device = replace(device, name=default_device_name(device, site))
    problems = check_device(
        device,
        site,
        may_share=may_share_address(catalogue),
        fluid_of=counted_fluid(catalogue),
    )
    errors.add_problems(problems, form_fields(device))
    return device, errors


def _pulse_fields(
    model: Model, concentrators: SelectSelector
) -> dict[probatio.Marker, object]:
    return {
        probatio.Required("concentrator"): concentrators,
        probatio.Required("concentrator_address", default=""): TEXT,
        probatio.Required("position", default=1): number(),
        probatio.Required("weight", default=str(model.pulse_weight)): TEXT,
        probatio.Required("start", default="0"): TEXT,
    }


def _slave_fields(model: Model) -> dict[probatio.Marker, object]:
    """Show the address that is the same for all, and what needs no asking (S130)."""
    fields: dict[probatio.Marker, object] = {
        probatio.Required("address", default=str(SLAVE_UNIT)): FIXED_TEXT
    }
    fixed = model.fixed_parameters.get(REMOTE_ID)
    if fixed is not None:  # all loads together (S134)
        fields[probatio.Required(REMOTE_ID, default=fixed)] = FIXED_TEXT
    return fields


def _numbered(name: str, numbers: Sequence[int]) -> object:
    return choice([str(number) for number in numbers], name)


def _chosen_map(device: Device) -> str | None:
    return device.parameters.get(MAP_PARAMETER)


def _selector(spec: ParameterSpec) -> object:
    if spec.kind is not ParameterKind.CHOICE:
        return TEXT
    # Translation keys are lower-case, units such as kWh are not.
    return choice([option.lower() for option in spec.choices], spec.name)


def _address_from(
    user_input: UserInput, model: Model, errors: FormErrors
) -> Address | None:
    if is_slave_model(model):
        return Address(unit=SLAVE_UNIT)
    try:
        address = Address.parse(user_input[address_field(model)])
        if model.asks_side and not address.is_remote:
            return replace(address, position=int(user_input["side"]))
        if model.is_pulse and not address.is_remote:
            return replace(address, position=whole(user_input, "position", 1))
    except ConfigurationError as error:
        is_place = error.field == "address"
        at = address_field(model) if is_place else error.field
        errors.add(at, error.key, error.placeholders)
        return None
    if model.is_pulse or model.asks_side:  # no interface is between them and the bus
        at = address_field(model)
        errors.add(at, "address_invalid", {"address": str(address)})
    return address


def _pulse_input_from(
    user_input: UserInput, model: Model, catalogue: Catalogue, errors: FormErrors
) -> PulseInput | None:
    if not model.is_pulse:
        return None
    key = user_input["concentrator"]
    positions = catalogue.models[key].positions
    if not 1 <= user_input["position"] <= positions:
        limits = {"minimum": 1, "maximum": positions}
        errors.add_problems([problem("position", "out_of_range", **limits)])
    problems = [
        *check_parameter("weight", ParameterKind.DECIMAL, user_input["weight"]),
        *check_parameter("start", ParameterKind.DECIMAL, user_input["start"]),
    ]
    errors.add_problems(problems)
    if problems:
        return None
    weight, start = (
        Decimal(normal_parameter(ParameterKind.DECIMAL, user_input[name]))
        for name in ("weight", "start")
    )
    return PulseInput(concentrator=key, weight=weight, start=start)


def _parameters_from(
    user_input: UserInput, model: Model, catalogue: Catalogue, errors: FormErrors
) -> Mapping[str, str]:
    parameters: dict[str, str] = {}
    if REMOTE_ID in model.fixed_parameters:
        parameters[REMOTE_ID] = model.fixed_parameters[REMOTE_ID]
    for spec in model.parameters:
        text = user_input.get(spec.name, "")
        if spec.name == REMOTE_ID:
            text = _whole_remote_id(spec, text)
        if not text and not spec.is_required:
            continue
        if spec.kind is ParameterKind.CHOICE:
            spelled = {option.lower(): option for option in spec.choices}
            text = spelled.get(text, text)
        problems = check_parameter(
            spec.name,
            spec.kind,
            text,
            choices=spec.choices,
            minimum=spec.minimum,
            maximum=spec.maximum,
        )
        errors.add_problems(problems)
        if not problems:
            parameters[spec.name] = normal_parameter(spec.kind, text)
    is_described = not model.is_pulse and catalogue.map_of(model).parameter_block
    if is_described and not is_slave_model(model) and not errors:
        try:
            generic_block(parameters)
        except ConfigurationError as error:
            # Each value is right by itself, and they do not fit together.
            errors.add_error(error)
    return MappingProxyType(parameters)


def _whole_remote_id(spec: ParameterSpec, text: str) -> str:
    """Return the remote ID where only the number of the object was given."""
    text = text.strip()
    kind = None if spec.minimum is None else remote_object(int(spec.minimum))
    if kind is None or not (text.isascii() and text.isdigit()):
        return text
    number = int(text)
    return str(remote_id(kind[0], number)) if number <= _LAST_OBJECT else text


def _load_from(user_input: UserInput, model: Model) -> int | None:
    if model.fixed_load is not None:
        return PREDEFINED_LOAD_IDS[model.fixed_load]
    return number_or_none(user_input, "load_id") if model.counts_energy else None
