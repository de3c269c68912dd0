"""What is to be read of a device, and how much of it now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from ..catalogue import (
    Block,
    Cadence,
    Catalogue,
    Field,
    HarmonicBlock,
    Model,
    Ratio,
    RegisterMap,
    WordOrder,
)
from ..quantities import QUANTITIES, Kind, Unit

EDGE_COUNTERS: Final = frozenset(
    quantity.key
    for quantity in QUANTITIES.values()
    if quantity.kind is Kind.COUNTER
    and quantity.unit is not Unit.HOUR
    and quantity.is_archived
)
"""Counters whose value matters at the very edge of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is due: blocks of these cadences.

    ``counters`` True adds the counters of every block, False leaves them out where
    they have just been read. ``quantities`` narrows it to these and nothing else.
    """

    cadences: frozenset[Cadence] = frozenset()
    counters: bool | None = None
    quantities: frozenset[str] | None = None

    def wants(self, block: Block, register: Field) -> bool:
        """Say whether a field is due."""
        if self.quantities is not None:
            return register.quantity in self.quantities
        if self.counters is not None and register.quantity in EDGE_COUNTERS:
            return self.counters
        return block.cadence in self.cadences


EVERYTHING: Final = Scope(cadences=frozenset(Cadence), counters=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a reader must know of a device: its map, trimmed to its use."""

    register_map: RegisterMap
    blocks: tuple[Block, ...]
    ratios: tuple[Ratio, ...] = ()
    harmonics: tuple[HarmonicBlock, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        model: Model,
        parameters: Mapping[str, str],
        side: int = 1,
    ) -> Profile:
        """Look a model up. Raises ConfigurationError for wrong parameters.

        ``side`` is the side of a station whose two sides share an address (S74).
        """
        return cls(
            register_map=catalogue.map_of(model),
            blocks=catalogue.blocks_of(model, parameters, side=side),
            ratios=catalogue.ratios_of(model),
            harmonics=catalogue.harmonics_of(model),
            parameters=parameters,
        )

    def only(self, *, positions: Collection[int], is_meter: bool) -> Profile:
        """Leave out inputs that nobody uses, and the meter where none is wanted."""
        inputs = [f for b in self.blocks for f in b.fields if f.position is not None]
        idle = {f.unit_field for f in inputs if f.position not in positions}
        idle -= {f.unit_field for f in inputs if f.position in positions}

        def is_used(register: Field) -> bool:
            if register.position is not None:
                return register.position in positions
            if register.quantity is None:
                return register.name not in idle
            return is_meter

        blocks = (
            replace(block, fields=tuple(f for f in block.fields if is_used(f)))
            for block in self.blocks
        )
        return replace(self, blocks=tuple(block for block in blocks if block.fields))

    @property
    def word_order(self) -> WordOrder:
        """The device's setting where its map leaves a choice (0.7 row 5)."""
        given = self.parameters.get("word_order")
        orders = self.register_map.word_orders
        return next((order for order in orders if order == given), orders[0])
