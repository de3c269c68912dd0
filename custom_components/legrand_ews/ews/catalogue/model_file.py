"""Reading families and models from their data files.

Models stand in groups that share what they have in common; a model's own
entries win over those of its group.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
import fnmatch
from typing import Final

from ..model import PredefinedLoad
from ..quantities import QUANTITIES, Fluid
from .codes import CODES, UNSERVED_CODES, expand
from .families import (
    MAP_PARAMETER,
    Connection,
    Family,
    Function,
    Model,
    ParameterKind,
    ParameterSpec,
)
from .known import Confidence, Provenance
from .node import Node
from .registers import RegisterMap

MAX_HEADLINE: Final = 10
NOMINAL_VOLTAGE: Final = 230
"""Phase to neutral, in volts: turns a rated current into a power."""

_HEADLINE: Final = (
    *("active_energy_import", "gas_volume", "water_volume", "active_power"),
    *("active_energy_export", "current_l1", "current_l2", "current_l3"),
    *("voltage_l1", "voltage_l2", "voltage_l3", "power_factor"),
)
_HEADLINE_STATES: Final = (
    *("breaker_state", "trip_cause", "contact_state", "fault_trip"),
    *("station_state", "charge_state", "plug_in_use", "station_error"),
    *("charge_error", "session_state", "ev_plug", "domestic_plug", "current_limit"),
    *(f"output_{n}" for n in range(1, 7)),
    *(f"input_{n}" for n in range(1, 9)),
)
"""Shown from the start of devices that are there for their states."""
_SHARED_KEYS: Final = frozenset(
    [
        "family",
        "map",
        "provenance",
        "confidence",
        "connection",
        "phases",
        "quantities",
        "unserved",
        "headline",
        "parameters",
        "asks_supply",
        "positions",
        "is_pulse",
        "pulse_weight",
        "fluid",
        "fixed_load",
        "addresses",
        "rated_current_a",
        "ratios",
        "excluded",
        "notes",
        "description_en",
        "description_fr",
        "tariffs",
        "sides",
        "asks_phase",
        "commands",
        "harmonics",
        "functions",
        "carrier",
        "fixed_parameters",
    ]
)


def read_families(node: Node) -> dict[str, Family]:
    """Return the families of a file in its order."""
    node.check_keys(frozenset({"families"}))
    families = {}
    for key, family in node["families"].entries():
        family.check_keys(frozenset({"title_en", "title_fr"}))
        families[key] = Family(
            key=key,
            title_en=family["title_en"].text(),
            title_fr=family["title_fr"].text(),
        )
    return families


def read_parameters(node: Node) -> dict[str, ParameterSpec]:
    """Return the parameters that models may ask for, by name."""
    return {name: _parameter(name, spec) for name, spec in node["parameters"].entries()}


def _parameter(name: str, node: Node) -> ParameterSpec:
    node.check_keys(
        frozenset(
            ["name", "kind", "default", "minimum", "maximum", "choices", "required"]
        )
    )
    choices = node["choices"].texts()
    default = node["default"].optional_text()
    if default is not None and choices and default not in choices:
        raise node["default"].wrong()
    return ParameterSpec(
        name=node["name"].text(name),
        kind=node["kind"].choice(ParameterKind),
        default=default,
        minimum=node["minimum"].optional_decimal(),
        maximum=node["maximum"].optional_decimal(),
        choices=choices,
        is_required=node["required"].flag(),
    )


def read_models(
    node: Node,
    families: Mapping[str, Family],
    maps: Mapping[str, RegisterMap],
    parameters: Mapping[str, ParameterSpec],
) -> Iterator[Model]:
    """Yield the models of a file; CatalogueError where one is wrong."""
    node.check_keys(frozenset({"parameters", "groups"}))
    for group in node["groups"].items():
        group.check_keys(_SHARED_KEYS | {"models"})
        for key, own in group["models"].entries():
            own.check_keys(_SHARED_KEYS | {"printed"})
            yield _ModelReader(own, group, families, maps, parameters).read(key)


class _ModelReader:
    """One model with the group it stands in."""

    def __init__(
        self,
        own: Node,
        group: Node,
        families: Mapping[str, Family],
        maps: Mapping[str, RegisterMap],
        parameters: Mapping[str, ParameterSpec],
    ) -> None:
        self._own = own
        self._group = group
        self._families = families
        self._maps = maps
        self._parameters = parameters

    def __getitem__(self, key: str) -> Node:
        """Return the model's own entry, else that of its group."""
        node = self._own[key]
        return self._group[key] if node.is_absent else node

    def read(self, key: str) -> Model:
        """Return the model with its codes expanded into quantities."""
        phases = self["phases"].integer(3, minimum=0, maximum=3)
        register_map = None
        if not self["map"].is_absent:
            register_map = self["map"].one_of(self._maps)
        excluded = self._excluded(register_map)
        quantities = self._quantities(register_map, phases, excluded)
        current = self["rated_current_a"].optional_integer(minimum=1)
        fixed_load = self["fixed_load"]
        return Model(
            key=key,
            printed=self._own["printed"].text(_printed(key)),
            family=self["family"].one_of(self._families).key,
            map_key="" if register_map is None else register_map.key,
            description_en=self["description_en"].text(),
            description_fr=self["description_fr"].text(),
            provenance=self["provenance"].choice(Provenance),
            confidence=self["confidence"].choice(Confidence),
            connection=self["connection"].choice(Connection, Connection.NONE),
            phases=phases,
            quantities=quantities,
            headline=self._headline(quantities),
            unserved=self._unserved(),
            parameters=self._specs(),
            asks_supply=self["asks_supply"].flag(),
            positions=self["positions"].integer(0),
            is_pulse=self["is_pulse"].flag(),
            pulse_weight=self["pulse_weight"].decimal(Decimal(1)),
            fluid=self["fluid"].choice(Fluid, Fluid.ELECTRICITY),
            fixed_load=None
            if fixed_load.is_absent
            else fixed_load.choice(PredefinedLoad),
            addresses=self["addresses"].integer(1, minimum=1),
            rated_current_a=current,
            rated_power_w=None
            if current is None
            else phases * current * NOMINAL_VOLTAGE,
            ratios={name: value.decimal() for name, value in self["ratios"].entries()},
            excluded=excluded,
            sides=self["sides"].integer(1, minimum=1, maximum=2),
            asks_phase=self["asks_phase"].flag(),
            commands=self._commands(register_map),
            harmonics=self._harmonics(register_map),
            functions=self._functions(),
            carrier=self["carrier"].text(""),
            fixed_parameters={
                name: value.text() for name, value in self["fixed_parameters"].entries()
            },
            notes=self["notes"].text(""),
        )

    def _specs(self) -> tuple[ParameterSpec, ...]:
        """Return the parameters to ask; choices of ``map`` must be maps."""
        specs = []
        for item in self["parameters"].items():
            spec = item.one_of(self._parameters)
            if spec.name == MAP_PARAMETER:
                for name in spec.choices:
                    if name not in self._maps:
                        raise item.error("catalogue_reference", value=name)
            specs.append(spec)
        return tuple(specs)

    def _functions(self) -> tuple[Function, ...]:
        node = self["functions"]
        if node.is_absent:
            return (Function.MEASURE,)
        return tuple(item.choice(Function) for item in node.items())

    def _commands(self, register_map: RegisterMap | None) -> tuple[str, ...]:
        """Return the commands that the patterns stand for, in the map's order."""
        known = () if register_map is None else register_map.commands
        keys = [command.key for command in known]
        found: set[str] = set()
        for item in self["commands"].items():
            matching = fnmatch.filter(keys, item.text())
            if not matching:
                raise item.error("catalogue_reference", value=item.text())
            found.update(matching)
        return tuple(key for key in keys if key in found)

    def _harmonics(self, register_map: RegisterMap | None) -> tuple[str, ...]:
        blocks = () if register_map is None else register_map.harmonics
        known = {block.key: block for block in blocks}
        return tuple(item.one_of(known).key for item in self["harmonics"].items())

    def _excluded(self, register_map: RegisterMap | None) -> frozenset[str]:
        node = self["excluded"]
        names = frozenset(node.texts())
        known: set[str] = set()
        for block in () if register_map is None else register_map.blocks:
            known |= {
                block.key,
                *(f"{block.key}.{field.name}" for field in block.fields),
            }
        for name in sorted(names - known):
            raise node.error("catalogue_reference", value=name)
        return names

    def _quantities(
        self, register_map: RegisterMap | None, phases: int, excluded: frozenset[str]
    ) -> tuple[str, ...]:
        """Expand codes into what the map supplies; each must give something."""
        node = self["quantities"]
        tariffs = self["tariffs"].integer(0)
        supplied = _supplied(register_map, excluded)
        found: dict[str, None] = {}
        for item in node.items():
            code = item.text()
            if code not in CODES and code not in QUANTITIES:
                raise item.error("catalogue_reference", value=code)
            names = expand(code, phases) or (code,)
            if code == "tariff":
                names = tuple(name for name in names if int(name[-1]) <= tariffs)
            kept = [name for name in names if supplied is None or name in supplied]
            if not kept:
                raise item.error("catalogue_reference", value=code)
            found |= dict.fromkeys(kept)
        return tuple(found)

    def _headline(self, quantities: tuple[str, ...]) -> tuple[str, ...]:
        node = self["headline"]
        if node.is_absent:
            wanted: tuple[str, ...] = _HEADLINE
            if self._functions() != (Function.MEASURE,):
                wanted = (*_HEADLINE_STATES, *_HEADLINE)
            return tuple(q for q in wanted if q in quantities)[:MAX_HEADLINE]
        names = node.texts()
        if len(names) > MAX_HEADLINE:
            raise node.wrong()
        for item in node.items():
            if item.text() not in quantities:
                raise item.error("catalogue_reference", value=item.text())
        return names

    def _unserved(self) -> tuple[str, ...]:
        for item in self["unserved"].items():
            if item.text() not in UNSERVED_CODES:
                raise item.error("catalogue_reference", value=item.text())
        return self["unserved"].texts()


def _supplied(
    register_map: RegisterMap | None, excluded: frozenset[str]
) -> frozenset[str] | None:
    """Return what the map can supply, None where there is no map to ask."""
    if register_map is None or register_map.parameter_block:
        return None
    return frozenset(
        field.quantity
        for block in register_map.blocks
        if block.key not in excluded
        for field in block.fields
        if field.quantity is not None and f"{block.key}.{field.name}" not in excluded
    )


def _printed(key: str) -> str:
    """Return a six-digit catalogue number as Legrand prints it: 4 120 45."""
    if len(key) != 6 or not key.isdigit():
        return ""
    return f"{key[0]} {key[1:4]} {key[4:]}"
