"""The list of what a scan of a bus has found, and the devices that the user keeps."""

from collections.abc import Container, Iterable, Mapping, Sequence
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
from ..ews.model.device import SIDES
from ..ews.model.problems import Problem, problem
from ..ews.model.rules import check_device, clean_name, default_device_name, name_key
from .device_form import is_slave_model
from .forms import FIXED_TEXT, TEXT, number, pick, search
from .naming import model_choice
from .proposing import LAST_ON_BUS
from .subentry import with_devices

_RATIOS: Final = ("ct_ratio", "vt_ratio")


type Row = Mapping[str, str]
"""A line of the list: ``address``, ``name`` and, for reading, ``model`` and ``load``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A unit that has answered, and the models that it may be, the likeliest first."""

    found: Found
    models: tuple[Model, ...]
    is_recognised: bool = False
    """Whether a probe fits, so that the first of the models is worth proposing."""
    has_ratios: bool = True
    """Whether the transformer ratios could be read, where there are any."""

    @property
    def address(self) -> str:
        """The address as the list shows it."""
        return str(self.found.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A device of the list, and the fields that only the user can fill.

    The draft of a concentrator is none itself: it is asked for the meters on its
    inputs.
    """

    device: Device
    model: Model | None
    asked: tuple[str, ...] = ()

    @property
    def is_carrier(self) -> bool:
        """Whether it only carries other devices."""
        return self.model is not None and not self.model.is_metering_point

    @property
    def has_questions(self) -> bool:
        """Whether the user is asked for more than the list says."""
        return self.is_carrier or bool(self.asked)


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
            probatio.Required("last", default=LAST_ON_BUS): number(),
        }
    )


def proposals_of(
    found: Iterable[Found],
    site: Installation,
    gateway_id: int,
    catalogue: Catalogue,
    without_ratios: Container[int] = (),
) -> list[Proposal]:
    """Return what can be added: units at which no device is described yet.

    An interface, which only carries others that have addresses of their own, is none.
    ``without_ratios`` are the units whose transformer ratios could not be read.
    """
    known = {device.address.unit for device in site.devices_behind(gateway_id)}
    return [
        Proposal(
            found=unit,
            models=models_for(unit.candidates, catalogue),
            is_recognised=unit.map_key is not None
            and bool(catalogue.maps[unit.map_key].probes),
            has_ratios=unit.address not in without_ratios,
        )
        for unit in found
        if unit.address not in known and not is_interface(unit, catalogue)
    ]


def is_interface(found: Found, catalogue: Catalogue) -> bool:
    """Whether nothing but an interface has the map of a unit."""
    models = [x for x in catalogue.models.values() if x.map_key == found.map_key]
    return bool(models) and not any(_may_be_found(model) for model in models)


def models_for(map_keys: Sequence[str], catalogue: Catalogue) -> tuple[Model, ...]:
    """Return all models that can be found, those first that have one of the maps.

    Nobody is held to what an answer looks like: the device says what it is.
    """
    models = [model for model in catalogue.models.values() if _may_be_found(model)]
    own = [model for key in map_keys for model in models if model.map_key == key]
    able = [model for model in models if not _map_choices(model).isdisjoint(map_keys)]
    return tuple({model.key: model for model in (*own, *able, *models)}.values())


def models_by_name(proposals: Iterable[Proposal], language: str) -> Mapping[str, Model]:
    """Return the models on offer by what the list calls them."""
    models = (model for proposal in proposals for model in proposal.models)
    return {_name_of_model(model, language): model for model in models}


def list_schema(
    models: Mapping[str, Model], loads: Iterable[str], language: str
) -> probatio.Schema:
    """Return the list in which rows are changed and taken out.

    The front end shows the bare value of a row's model and load, so the values are
    for reading: the number on the device, and the name of the load.
    """
    labels = {name: model_choice(model, language) for name, model in models.items()}
    rows = ObjectSelector(
        ObjectSelectorConfig(
            multiple=True,
            translation_key="found_device",
            fields={
                "address": ObjectSelectorField(selector=FIXED_TEXT, required=True),
                "name": ObjectSelectorField(selector=TEXT),
                "model": ObjectSelectorField(selector=search(labels)),
                "load": ObjectSelectorField(selector=pick({x: x for x in loads})),
            },
        )
    )
    return probatio.Schema({probatio.Required("devices"): rows})


def list_rows(
    proposals: Iterable[Proposal], site: Installation, language: str
) -> list[Row]:
    """Return the rows as they are proposed; a map that is unsure leaves the model open."""
    rows: list[Row] = []
    for proposal in proposals:
        row = {"address": proposal.address, "name": _name_of(proposal, site)}
        model = _likeliest(proposal)
        if model is not None:
            row["model"] = _name_of_model(model, language)
        rows.append(row)
    return rows


def drafts_from(
    rows: Iterable[Row],
    proposals: Iterable[Proposal],
    gateway_id: int,
    models: Mapping[str, Model],
    loads: Mapping[str, int],
    site: Installation,
) -> tuple[list[Draft], list[Refusal]]:
    """Return what the list describes, and what is wrong with any of it.

    ``models`` and ``loads`` are those on offer, by what the list calls them. A row
    without a model gives a device that waits for one (S79); one of a station whose
    two sides share an address gives both.
    """
    by_address = {proposal.address: proposal for proposal in proposals}
    drafts: list[Draft] = []
    refusals: list[Refusal] = []
    for row in rows:
        address = row["address"]
        if address not in by_address:
            one = problem("address", "address_not_found", address=address)
            refusals.append(Refusal(address=address, problem=one))
            continue
        label = clean_name(row.get("model", ""))
        if label and label not in models:
            one = problem("model", "model_unknown", model=label)
            refusals.append(Refusal(address=address, problem=one))
            continue
        described = _drafts_of(
            row, by_address[address], gateway_id, models.get(label), loads
        )
        for draft in described:
            named, problems = checked(draft, site, drafts)
            refusals += [Refusal(address=address, problem=one) for one in problems]
            drafts.append(named)
    return drafts, refusals


def checked(
    draft: Draft, site: Installation, others: Iterable[Draft]
) -> tuple[Draft, list[Problem]]:
    """Return a draft with a name, and what is wrong with it.

    ``others`` are stored in the same go: it has to differ from them.
    """
    if draft.is_carrier:
        return draft, []
    around = with_devices(site, [x.device for x in others if not x.is_carrier])
    device = draft.device
    if not device.name:
        device = replace(device, name=default_device_name(device, around))
    return replace(draft, device=device), check_device(device, around)


def _drafts_of(
    row: Row,
    proposal: Proposal,
    gateway_id: int,
    model: Model | None,
    loads: Mapping[str, int],
) -> list[Draft]:
    counts = model is not None and model.counts_energy and model.fixed_load is None
    device = Device(
        id=0,
        name=clean_name(row.get("name", "")),
        gateway_id=gateway_id,
        address=Address(unit=proposal.found.address),
        model=None if model is None else model.key,
        load_id=loads.get(row.get("load", "")) if counts else None,
        parameters={} if model is None else parameters_of(model, proposal.found),
    )
    if model is None:
        return [Draft(device=device, model=None)]
    asked = _asked(model, proposal) if model.is_metering_point else ()
    if not model.asks_side:
        return [Draft(device=device, model=model, asked=asked)]
    sides = [
        replace(device, address=replace(device.address, position=side))
        for side in SIDES
    ]
    sides[1:] = [replace(side, name="") for side in sides[1:]]
    return [Draft(device=side, model=model, asked=asked) for side in sides]


def _asked(model: Model, proposal: Proposal) -> tuple[str, ...]:
    """Return the fields that the user must see, in the order of the form."""
    fields: list[str] = ["phase"] if model.asks_phase else []
    for spec in model.parameters:
        is_open = spec.is_required and spec.default is None
        is_lost = spec.name in _RATIOS and not proposal.has_ratios
        fitting = _map_choices(model).intersection(proposal.found.candidates)
        is_unclear = spec.name == MAP_PARAMETER and len(fitting) > 1
        if is_open or is_lost or is_unclear:
            fields.append(spec.name)
    if any(spec.is_required and spec.default is None for spec in model.parameters):
        # Who describes a number of another maker sees all that makes it.
        fields = [spec.name for spec in model.parameters]
    if model.asks_supply:
        fields.append("supply")
    if model.asks_side and not fields:
        fields.append("name")
    return tuple(fields)


def default_parameters(model: Model) -> dict[str, str]:
    """Return what a model asks for, as it is proposed."""
    return {
        spec.name: spec.default for spec in model.parameters if spec.default is not None
    }


def parameters_of(model: Model, found: Found) -> dict[str, str]:
    """Return what a model asks for, as it is proposed; the map is the one found."""
    parameters = default_parameters(model)
    fitting = [key for key in found.candidates if key in _map_choices(model)]
    if fitting and model.map_key not in found.candidates:
        parameters[MAP_PARAMETER] = fitting[0]
    return parameters


def _name_of(proposal: Proposal, site: Installation) -> str:
    """Propose the name that a device gives itself, unless it is taken (S77)."""
    name = clean_name(proposal.found.identity.get("name", ""))
    taken = {name_key(device.name) for device in site.devices.values()}
    return "" if name_key(name) in taken else name


def _likeliest(proposal: Proposal) -> Model | None:
    """Return the model whose number the unit says itself, else the first that fits."""
    said = {"".join(text.split()) for text in proposal.found.identity.values()}
    named = (model for model in proposal.models if model.key in said)
    return next(named, proposal.models[0] if proposal.is_recognised else None)


def _name_of_model(model: Model, language: str) -> str:
    return model.printed or model.description(language)


def _may_be_found(model: Model) -> bool:
    """Whether it answers at an address of its own and is added from there."""
    is_device = model.is_metering_point and not model.is_pulse
    is_carrier = model.is_concentrator and not model.is_metering_point
    return (is_device and not is_slave_model(model)) or is_carrier


def _map_choices(model: Model) -> set[str]:
    return {
        choice
        for spec in model.parameters
        if spec.name == MAP_PARAMETER
        for choice in spec.choices
    }
