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
    Model,
    Ratio,
    RegisterMap,
    WordOrder,
)
from ..quantities import QUANTITIES, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is due: blocks of these cadences, and with ``counters`` every counter."""

    cadences: frozenset[Cadence] = frozenset()
    counters: bool = False

    def wants(self, block: Block, register: Field) -> bool:
        """Say whether a field is due."""
        if block.cadence in self.cadences:
            return True
        quantity = register.quantity
        return (
            self.counters
            and quantity is not None
            and QUANTITIES[quantity].kind is Kind.COUNTER
        )


EVERYTHING: Final = Scope(cadences=frozenset(Cadence), counters=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a reader must know of a device: its map, trimmed to its use."""

    register_map: RegisterMap
    blocks: tuple[Block, ...]
    ratios: tuple[Ratio, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(
        cls, catalogue: Catalogue, model: Model, parameters: Mapping[str, str]
    ) -> Profile:
        """Look a model up. Raises ConfigurationError for wrong parameters."""
        return cls(
            register_map=catalogue.map_of(model),
            blocks=catalogue.blocks_of(model, parameters),
            ratios=catalogue.ratios_of(model),
            parameters=parameters,
        )

    def only(self, *, positions: Collection[int], is_meter: bool) -> Profile:
        """Leave out inputs that nobody uses, and the meter where none is wanted."""

        def is_used(register: Field) -> bool:
            if register.position is not None:
                return register.position in positions
            return is_meter or register.quantity is None

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
