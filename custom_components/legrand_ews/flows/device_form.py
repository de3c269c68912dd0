"""The form of a device: the fields its model asks for, and the device it describes."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import probatio

from ..ews.catalogue import (
    Catalogue,
    Model,
    ParameterKind,
    ParameterSpec,
    generic_block,
)
from ..ews.errors import ConfigurationError
from ..ews.model import Address, Device, Installation, PulseInput, Supply
from ..ews.model.grouping import PREDEFINED_LOAD_IDS
from ..ews.model.problems import problem
from ..ews.model.rules import (
    check_device,
    check_parameter,
    clean_name,
    default_device_name,
    normal_parameter,
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

_FORM_FIELDS: Final = MappingProxyType({"gateway_id": "base"})
"""Where the form shows what is wrong with a field that an earlier step has asked."""
_FORM_FIELDS_OF_PULSES: Final = MappingProxyType(
    {**_FORM_FIELDS, "address": "concentrator_address"}
)
"""A pulse meter has no address of its own: the form asks for its concentrator's."""


def address_field(model: Model) -> str:
    """Return the field at which a device that does not answer is shown."""
    return "concentrator_address" if model.is_pulse else "address"


def form_fields(device: Device) -> Mapping[str, str]:
    """Return the form's field for a rule's, where their names differ."""
    return _FORM_FIELDS if device.pulse_input is None else _FORM_FIELDS_OF_PULSES


def device_schema(
    model: Model,
    *,
    loads: Mapping[str, str],
    groups: Mapping[str, str] | None,
    concentrators: Mapping[str, str],
    may_skip_test: bool,
) -> probatio.Schema:
    """Return the fields of a device of a model.

    ``loads``, ``groups`` and ``concentrators`` are those on offer, by the names to
    show; ``groups`` is None for no such field.

    Gas and water have their load by themselves, so it is not asked (S70).
    ``may_skip_test`` adds the choice that appears after a failed test.
    """
    fields: dict[probatio.Marker, object] = {}
    if model.is_pulse:
        fields |= _pulse_fields(model, concentrators)
    else:
        fields[probatio.Required("address", default="")] = TEXT
    fields[probatio.Optional("name")] = TEXT
    for spec in model.parameters:
        is_needed = spec.is_required or spec.default is not None
        marker = probatio.Required if is_needed else probatio.Optional
        default = probatio.UNDEFINED if spec.default is None else spec.default.lower()
        fields[marker(spec.name, default=default)] = _selector(spec)
    if model.asks_supply:
        supplies = [supply.value for supply in Supply]
        fields[probatio.Required("supply", default=Supply.UPSTREAM.value)] = choice(
            supplies, "supply"
        )
    if model.fixed_load is None:
        fields[probatio.Optional("load_id")] = pick(loads)
    if groups is not None:
        fields[probatio.Optional("group_ids", default=list)] = pick(
            groups, multiple=True
        )
    fields[probatio.Required("is_excluded_from_totals", default=False)] = SWITCH
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
        "is_enabled": device.is_enabled,
    }
    if device.load_id is not None:
        values["load_id"] = str(device.load_id)
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
        is_excluded_from_totals=user_input["is_excluded_from_totals"],
        is_enabled=user_input["is_enabled"],
    )
    if not device.name:
        device = replace(device, name=default_device_name(device, site))
    errors.add_problems(check_device(device, site), form_fields(device))
    return device, errors


def _pulse_fields(
    model: Model, concentrators: Mapping[str, str]
) -> dict[probatio.Marker, object]:
    return {
        probatio.Required("concentrator"): pick(concentrators),
        probatio.Required("concentrator_address", default=""): TEXT,
        probatio.Required("position", default=1): number(),
        probatio.Required("weight", default=str(model.pulse_weight)): TEXT,
        probatio.Required("start", default="0"): TEXT,
    }


def _selector(spec: ParameterSpec) -> object:
    if spec.kind is not ParameterKind.CHOICE:
        return TEXT
    # Translation keys are lower-case, units such as kWh are not.
    return choice([option.lower() for option in spec.choices], spec.name)


def _address_from(
    user_input: UserInput, model: Model, errors: FormErrors
) -> Address | None:
    try:
        address = Address.parse(user_input[address_field(model)])
        if model.is_pulse and not address.is_remote:
            return replace(address, position=whole(user_input, "position", 1))
    except ConfigurationError as error:
        is_place = error.field == "address"
        at = address_field(model) if is_place else error.field
        errors.add(at, error.key, error.placeholders)
        return None
    if model.is_pulse:
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
    for spec in model.parameters:
        text = user_input.get(spec.name, "")
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
    if is_described and not errors:
        try:
            generic_block(parameters)
        except ConfigurationError as error:
            # Each value is right by itself: the words go beyond the last register.
            errors.add(error.field, "register_too_high", parameters)
    return MappingProxyType(parameters)


def _load_from(user_input: UserInput, model: Model) -> int | None:
    if model.fixed_load is not None:
        return PREDEFINED_LOAD_IDS[model.fixed_load]
    return number_or_none(user_input, "load_id")
