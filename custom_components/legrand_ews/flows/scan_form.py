"""The list of what a scan of a bus has found, and the devices that the user keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.helpers.selector import (
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
)
import probatio

from ..ews.bus.scan import Found
from ..ews.catalogue import Catalogue, Model
from ..ews.catalogue.families import MAP_PARAMETER
from ..ews.model import Address, Device, Installation
from ..ews.model.address import FIRST_UNIT
from ..ews.model.problems import Problem, problem
from ..ews.model.remote import SLAVE_UNIT
from ..ews.model.rules import check_device, clean_name, default_device_name, name_key
from .device_form import is_slave_model
from .forms import FIXED_TEXT, TEXT, number, pick, search
from .subentry import with_devices
from .texts import model_label

LAST_SCANNED: Final = SLAVE_UNIT - 1
"""Unit 247 belongs to other servers: no device of a bus is there."""


type Row = Mapping[str, str]
"""A line of the list: ``address``, ``name`` and the label of a ``model``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A unit that has answered, and the models that it may be, the likeliest first."""

    found: Found
    models: tuple[Model, ...]

    @property
    def address(self) -> str:
        """The address as the list shows it."""
        return str(self.found.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What is wrong with the device at one address of the list."""

    address: str
    problem: Problem


def scan_schema(gateways: Mapping[str, str]) -> probatio.Schema:
    """Return the fields that say where to search."""
    return probatio.Schema(
        {
            probatio.Required("gateway_id"): pick(gateways),
            probatio.Required("first", default=FIRST_UNIT): number(),
            probatio.Required("last", default=LAST_SCANNED): number(),
        }
    )


def proposals_of(
    found: Iterable[Found],
    site: Installation,
    gateway_id: int,
    catalogue: Catalogue,
) -> list[Proposal]:
    """Return what can be added: units at which no device is described yet.

    A unit that only carries others, such as a pulse concentrator, is none.
    """
    known = {device.address.unit for device in site.devices_behind(gateway_id)}
    return [
        Proposal(found=unit, models=models_for(unit.candidates, catalogue))
        for unit in found
        if unit.address not in known and not only_carries_others(unit, catalogue)
    ]


def only_carries_others(found: Found, catalogue: Catalogue) -> bool:
    """Whether nothing but a concentrator or an interface has the map of a unit."""
    models = [x for x in catalogue.models.values() if x.map_key == found.map_key]
    return bool(models) and not any(model.is_metering_point for model in models)


def models_for(map_keys: Sequence[str], catalogue: Catalogue) -> tuple[Model, ...]:
    """Return the models that are read by one of the maps; all where there is none.

    Models that cannot be added without further questions are left out. Those whose own
    map it is come first.
    """
    plain = [model for model in catalogue.models.values() if _is_plain(model)]
    if not map_keys:
        return tuple(plain)
    own = [model for key in map_keys for model in plain if model.map_key == key]
    others = [
        model
        for model in plain
        if model not in own and not _map_choices(model).isdisjoint(map_keys)
    ]
    return (*own, *others)


def models_by_label(
    proposals: Iterable[Proposal], language: str
) -> Mapping[str, Model]:
    """Return the models on offer by what the list calls them."""
    models = (model for proposal in proposals for model in proposal.models)
    return {model_label(model, language): model for model in models}


def list_schema(labels: Sequence[str]) -> probatio.Schema:
    """Return the list in which rows are changed and taken out.

    The front end shows the bare value of a row's model, so the values are ``labels``.
    """
    rows = ObjectSelector(
        ObjectSelectorConfig(
            multiple=True,
            translation_key="found_device",
            fields={
                "address": ObjectSelectorField(selector=FIXED_TEXT, required=True),
                "name": ObjectSelectorField(selector=TEXT),
                "model": ObjectSelectorField(selector=search(labels)),
            },
        )
    )
    return probatio.Schema({probatio.Required("devices"): rows})


def list_rows(
    proposals: Iterable[Proposal], site: Installation, language: str
) -> list[Row]:
    """Return the rows as they are proposed; an unknown map leaves the model open."""
    rows: list[Row] = []
    for proposal in proposals:
        row = {"address": proposal.address, "name": _name_of(proposal, site)}
        if proposal.found.map_key is not None and proposal.models:
            row["model"] = model_label(proposal.models[0], language)
        rows.append(row)
    return rows


def devices_from(
    rows: Iterable[Row],
    proposals: Iterable[Proposal],
    gateway_id: int,
    models: Mapping[str, Model],
    site: Installation,
) -> tuple[list[Device], list[Refusal]]:
    """Return the devices that the list describes, and what is wrong with any of them.

    A row without a model gives a device that waits for one (S79).
    """
    by_address = {proposal.address: proposal for proposal in proposals}
    devices: list[Device] = []
    refusals: list[Refusal] = []
    for row in rows:
        address = row["address"]
        if address not in by_address:
            one = problem("address", "address_not_found", address=address)
            refusals.append(Refusal(address=address, problem=one))
            continue
        label = row.get("model", "")
        if label and label not in models:
            one = problem("model", "model_unknown", model=label)
            refusals.append(Refusal(address=address, problem=one))
            continue
        device = _device_of(row, by_address[address], gateway_id, models.get(label))
        # The ones before it are stored in the same go: each has to differ from them.
        around = with_devices(site, devices)
        if not device.name:
            device = replace(device, name=default_device_name(device, around))
        problems = check_device(device, around)
        refusals += [Refusal(address=address, problem=one) for one in problems]
        devices.append(device)
    return devices, refusals


def _device_of(
    row: Row, proposal: Proposal, gateway_id: int, model: Model | None
) -> Device:
    return Device(
        id=0,
        name=clean_name(row.get("name", "")),
        gateway_id=gateway_id,
        address=Address(unit=proposal.found.address),
        model=None if model is None else model.key,
        parameters={} if model is None else _parameters_of(model, proposal.found),
    )


def _parameters_of(model: Model, found: Found) -> dict[str, str]:
    """Return what a model asks for, as it is proposed; the map is the one found."""
    parameters = {
        spec.name: spec.default for spec in model.parameters if spec.default is not None
    }
    fitting = [key for key in found.candidates if key in _map_choices(model)]
    if fitting and model.map_key not in found.candidates:
        parameters[MAP_PARAMETER] = fitting[0]
    return parameters


def _name_of(proposal: Proposal, site: Installation) -> str:
    """Propose the name that a device gives itself, unless it is taken (S77)."""
    name = clean_name(proposal.found.identity.get("name", ""))
    taken = {name_key(device.name) for device in site.devices.values()}
    return "" if name_key(name) in taken else name


def _is_plain(model: Model) -> bool:
    """Whether address and name are all that a model needs."""
    is_asking = model.asks_phase or model.asks_side or is_slave_model(model)
    is_open = any(
        spec.is_required and spec.default is None for spec in model.parameters
    )
    return (
        model.is_metering_point and not model.is_pulse and not is_asking and not is_open
    )


def _map_choices(model: Model) -> set[str]:
    return {
        choice
        for spec in model.parameters
        if spec.name == MAP_PARAMETER
        for choice in spec.choices
    }
