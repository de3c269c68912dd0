"""From cells to devices, as their models in the catalogue want them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from ..catalogue import Catalogue, Model, ParameterKind, ParameterSpec, generic_block
from ..errors import ConfigurationError
from ..model import Address, Device, ObjectKind, PredefinedLoad, PulseInput, Supply
from ..model.grouping import PREDEFINED_LOAD_IDS
from ..model.problems import problem
from ..model.remote import REMOTE_ID
from ..model.rules import check_parameter, clean_name, normal_parameter
from .cells import Cells
from .references import Directory
from .rows import CHANNEL_NAMES

type Places = Mapping[ObjectKind, Iterable[Directory]]
"""Where names of each kind are looked up, the first place first."""

_PLACE: Final = ("address", "position", "interface")
_PULSE_FIELDS: Final = ("concentrator", "weight", "start")
_SUPPLIES: Final = tuple(supply.value for supply in Supply)
_FLUID_LOADS: Final = frozenset(
    PREDEFINED_LOAD_IDS[key] for key in (PredefinedLoad.GAS, PredefinedLoad.WATER)
)
_UNPLACED: Final = Address(unit=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReader:
    """Reads rows of devices; ``places`` are the names that they may speak of."""

    catalogue: Catalogue
    places: Places

    def new(self, number: int) -> Device:
        """Return a device of which nothing is known yet."""
        return Device(id=number, name="", gateway_id=0, address=_UNPLACED, model=None)

    def read(self, stored: Device, cells: Cells) -> Device:
        """Return the device as its row wants it.

        A field of which the row does not speak stays as stored, unless it belongs to a
        model that the device no longer is.
        """
        model = self._model(stored, cells)
        known = self.catalogue.models.get(model or "")
        is_same = model == stored.model
        address = self._address(stored, cells, known)
        device = replace(
            stored,
            name=clean_name(cells.text("name", stored.name)),
            gateway_id=self._gateway(stored, cells),
            address=address,
            model=model,
            load_id=self._load(stored, cells, known),
            group_ids=cells.references(
                "groups", self.places[ObjectKind.GROUP], stored.group_ids
            ),
            supply=_supply(stored, cells, known),
            pulse_input=self._pulse_input(stored, cells, known),
            phase=_phase(stored, cells, known),
            channel_names=_channel_names(stored, cells, known),
            is_map_confirmed=cells.flag(
                "map_confirmed", stored=stored.is_map_confirmed
            ),
            exclude_alerts=cells.flag("exclude_alerts", stored=stored.exclude_alerts),
            is_priority=cells.flag("priority", stored=stored.is_priority),
            is_excluded_from_totals=cells.flag(
                "exclude_from_totals", stored=stored.is_excluded_from_totals
            ),
            is_enabled=cells.flag("enabled", stored=stored.is_enabled),
        )
        parameters = _parameters(stored, cells, known, is_same=is_same)
        if "model" not in cells.failed:
            self._refuse_parameters(cells, known)
        if known is not None:
            self._check(replace(device, parameters=parameters), cells, known)
        return replace(device, parameters=parameters)

    def _model(self, stored: Device, cells: Cells) -> str | None:
        """Return the key of the model; None for one that is yet to be given (S79)."""
        text = cells.text("model", stored.model or "")
        if not cells.says("model") or not text:
            return text or None
        model = find_model(text, self.catalogue)
        if model is None:
            cells.note("model", "model_unknown", model=text)
            return stored.model
        if not model.is_metering_point:
            cells.note("model", "import_model_no_meter", model=text)
            return stored.model
        return model.key

    def _gateway(self, stored: Device, cells: Cells) -> int:
        gateway = cells.reference(
            "gateway", self.places[ObjectKind.GATEWAY], stored.gateway_id or None
        )
        if gateway is None and "gateway" not in cells.failed:
            cells.note("gateway", "import_value_missing")
        return gateway or stored.gateway_id

    def _address(self, stored: Device, cells: Cells, model: Model | None) -> Address:
        """Return the address; ``2-1`` may stand in one cell or in two."""
        is_new = stored.address is _UNPLACED
        unit = cells.needed("address", None if is_new else str(stored.address.unit))
        if unit is None:
            return stored.address
        try:
            address = Address.parse(unit.removesuffix(".0"))
        except ConfigurationError as error:
            cells.note(error.field, error.key, **error.placeholders)
            return stored.address
        if address.position is None:
            address = self._second_part(stored, cells, address)
        elif model is not None and (model.is_pulse or model.asks_side):
            address = replace(address, is_remote=False)
        if model is None:
            return address
        has_position = model.is_pulse or model.asks_side
        is_same = stored.model == model.key
        if not cells.says("position") and address == stored.address and is_same:
            return address
        if address.position is None and has_position:
            cells.note("position", "import_value_missing")
        elif address.is_remote and has_position:
            cells.note("interface", "import_field_unsuited", column="interface")
        elif (
            not has_position and not address.is_remote and address.position is not None
        ):
            if not cells.says("position"):
                return replace(address, position=None)  # it was of another model
            cells.note("position", "import_field_unsuited", column="position")
        return address

    def _second_part(self, stored: Device, cells: Cells, address: Address) -> Address:
        place = stored.address
        kept = None if place.is_remote else place.position
        position = cells.whole("position", kept)
        kept = place.position if place.is_remote else None
        interface = cells.whole("interface", kept)
        if cells.says("position") and position is not None:
            return replace(address, position=position)
        if interface is not None:
            return replace(address, position=interface, is_remote=True)
        return replace(address, position=position)

    def _load(self, stored: Device, cells: Cells, model: Model | None) -> int | None:
        load = cells.reference("load", self.places[ObjectKind.LOAD], stored.load_id)
        fixed = None if model is None else model.fixed_load
        is_same = model is not None and stored.model == model.key
        if fixed is not None and not (is_same and not cells.says("load")):
            number = PREDEFINED_LOAD_IDS[fixed]
            if cells.says("load") and load not in {None, number}:
                cells.note("load", "import_load_fixed", load=fixed.value)
            return number
        if load not in _FLUID_LOADS or model is None:
            return load
        if cells.says("load"):
            cells.note("load", "import_load_fluid")
        return load if is_same else None

    def _pulse_input(
        self, stored: Device, cells: Cells, model: Model | None
    ) -> PulseInput | None:
        if model is None:
            return stored.pulse_input
        if not model.is_pulse:
            cells.refuse(_PULSE_FIELDS)
            return stored.pulse_input if stored.model == model.key else None
        pulse = stored.pulse_input or PulseInput(
            concentrator="", weight=model.pulse_weight
        )
        return PulseInput(
            concentrator=self._concentrator(pulse.concentrator, cells),
            weight=cells.decimal("weight", pulse.weight),
            start=cells.decimal("start", pulse.start),
        )

    def _concentrator(self, stored: str, cells: Cells) -> str:
        text = cells.needed("concentrator", stored)
        if text is None or not cells.says("concentrator"):
            return stored
        model = find_model(text, self.catalogue)
        if model is None or not model.is_concentrator:
            cells.note("concentrator", "import_concentrator_unknown", model=text)
            return stored
        return model.key

    def _refuse_parameters(self, cells: Cells, model: Model | None) -> None:
        asked = set() if model is None else {spec.name for spec in model.parameters}
        cells.refuse(sorted(parameter_names(self.catalogue) - asked))

    def _check(self, device: Device, cells: Cells, model: Model) -> None:
        """Check what no single cell can tell."""
        pulse = device.pulse_input
        position = device.address.position
        is_moved = any(map(cells.says, ("model", "concentrator", *_PLACE)))
        if pulse is not None and position is not None and is_moved:
            concentrator = self.catalogue.models.get(pulse.concentrator)
            last = None if concentrator is None else concentrator.positions
            if last is not None and not 1 <= position <= last:
                limits = {"minimum": 1, "maximum": last}
                cells.note_problem(problem("position", "out_of_range", **limits))
        model = self.catalogue.model_of(model.key, device.parameters)
        if model.is_pulse or not self.catalogue.map_of(model).parameter_block:
            return
        names = {spec.name for spec in model.parameters}
        is_described = any(map(cells.says, names | {"model"}))
        if is_described and cells.failed.isdisjoint(names):
            try:
                generic_block({**device.parameters, **model.fixed_parameters})
            except ConfigurationError as error:
                cells.note(error.field, error.key, **error.placeholders)


def find_model(text: str, catalogue: Catalogue) -> Model | None:
    """Return the model that is meant by a key or by a number, however it is spaced.

    A spreadsheet takes the leading zeros off 004687, so they may be missing.
    """
    digits = "".join(text.split()).removesuffix(".0")
    keys = (text, text.lower(), digits, digits.zfill(6))
    return next((catalogue.models[x] for x in keys if x in catalogue.models), None)


def parameter_names(catalogue: Catalogue) -> frozenset[str]:
    """Return the names of everything that any model asks for."""
    models = catalogue.models.values()
    return frozenset(spec.name for model in models for spec in model.parameters)


def _supply(stored: Device, cells: Cells, model: Model | None) -> Supply:
    supply = Supply(cells.choice("supply", _SUPPLIES, stored.supply.value))
    is_asked = model is None or model.asks_supply
    if cells.says("supply") and not is_asked and supply is Supply.DOWNSTREAM:
        cells.note("supply", "import_field_unsuited", column="supply")
    return supply


def _phase(stored: Device, cells: Cells, model: Model | None) -> int | None:
    if model is None:
        return cells.whole("phase", stored.phase)
    is_same = stored.model == model.key
    if not model.asks_phase:
        cells.refuse(["phase"])
        return stored.phase if is_same else None
    phase = cells.whole("phase", stored.phase)
    is_kept = is_same and not cells.says("phase")
    if phase is None and not is_kept and "phase" not in cells.failed:
        cells.note("phase", "import_value_missing")
    return phase


def _channel_names(
    stored: Device, cells: Cells, model: Model | None
) -> Mapping[str, str]:
    names = cells.pairs(CHANNEL_NAMES, stored.channel_names)
    if model is not None and cells.says(CHANNEL_NAMES):
        for unknown in sorted(names.keys() - set(model.quantities)):
            cells.note(CHANNEL_NAMES, "choice_unknown", value=unknown)
    return names


def _parameters(
    stored: Device, cells: Cells, model: Model | None, *, is_same: bool
) -> Mapping[str, str]:
    if model is None:
        return stored.parameters
    parameters = dict(stored.parameters) if is_same else {}
    for spec in model.parameters:
        kept = stored.parameters.get(spec.name)
        if kept is None and not is_same and not cells.is_emptied(spec.name):
            kept = spec.default
        text = _parameter(spec, kept, cells)
        if (
            text is None
            and spec.is_required
            and not (
                (is_same and not cells.says(spec.name)) or spec.name in cells.failed
            )
        ):
            cells.note(spec.name, "import_value_missing")
        if text is None:
            parameters.pop(spec.name, None)
        else:
            parameters[spec.name] = text
    if REMOTE_ID in model.fixed_parameters:
        parameters[REMOTE_ID] = model.fixed_parameters[REMOTE_ID]
    return MappingProxyType(parameters)


def _parameter(spec: ParameterSpec, kept: str | None, cells: Cells) -> str | None:
    text = cells.text(spec.name, kept or "")
    if not cells.says(spec.name) or not text:
        return text or None
    if spec.kind is ParameterKind.CHOICE:
        spelled = {option.lower(): option for option in spec.choices}
        text = spelled.get(text.lower(), text)
    found = check_parameter(
        spec.name,
        spec.kind,
        text,
        choices=spec.choices,
        minimum=spec.minimum,
        maximum=spec.maximum,
    )
    if found:
        cells.note_problem(found[0])
        return kept
    return normal_parameter(spec.kind, text)
