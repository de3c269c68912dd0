"""The loaded catalogue: families, models and maps, and what fits together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ..model import PulseInput
from .commands import Command
from .families import MAP_PARAMETER, Family, Model
from .generic import generic_block
from .harmonics import HarmonicBlock
from .known import needs_confirmation
from .registers import Block, Field, RegisterMap
from .scales import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything known of devices; immutable, shared by all sites."""

    families: Mapping[str, Family]
    models: Mapping[str, Model]
    maps: Mapping[str, RegisterMap]

    def model_of(self, key: str, parameters: Mapping[str, str]) -> Model:
        """Return the model of a device as the user's ``parameters`` make it.

        With the parameter ``map`` it is read by another map: quantities that this
        one lacks are gone, and so are commands. KeyError for an unknown model.
        """
        model = self.models[key]
        chosen = parameters.get(MAP_PARAMETER, model.map_key)
        choices = {
            c for s in model.parameters if s.name == MAP_PARAMETER for c in s.choices
        }
        if chosen == model.map_key or chosen not in choices:
            return model
        register_map = self.maps[chosen]
        quantities = tuple(q for q in model.quantities if q in register_map.quantities)
        return replace(
            model,
            map_key=chosen,
            quantities=quantities,
            headline=tuple(q for q in model.headline if q in quantities),
            commands=(),
            harmonics=(),
            excluded=frozenset(),
        )

    def models_of(self, family_key: str) -> tuple[Model, ...]:
        """Return the models of one family, in the order of the manual."""
        return tuple(m for m in self.models.values() if m.family == family_key)

    def concentrators(self) -> tuple[Model, ...]:
        """Return the models whose inputs take pulse meters (S68, S71)."""
        return tuple(m for m in self.models.values() if m.is_concentrator)

    def map_of(self, model: Model) -> RegisterMap:
        """Return a model's own map; KeyError for a pulse meter, which has none."""
        return self.maps[model.map_key]

    def source_of(self, model: Model, pulse_input: PulseInput | None) -> Model:
        """Return the model whose registers are read: a pulse meter's concentrator.

        Its provenance is the one to show, since a pulse meter has no registers.
        A meter of another kind, or behind an unknown concentrator, is its own.
        """
        if not model.is_pulse or pulse_input is None:
            return model
        return self.models.get(pulse_input.concentrator, model)

    def commands_of(
        self, model: Model, *, is_confirmed: bool, side: int = 1
    ) -> tuple[Command, ...]:
        """Return the commands of a device; guesses only where the user confirmed.

        ``side`` is the side of a station whose two sides share an address.
        """
        if not model.commands:
            return ()
        register_map = self.map_of(model)
        shift = register_map.side_stride * (side - 1)
        return tuple(
            replace(
                command,
                address=command.address + shift,
                maximum=_maximum(command, model),
            )
            for command in register_map.commands
            if command.key in model.commands
            and (is_confirmed or not self.awaits_confirmation(model, command))
        )

    def awaits_confirmation(self, model: Model, command: Command) -> bool:
        """Say whether a command does not exist until the map is confirmed (D9)."""
        confidence = self.map_of(model).confidence
        return needs_confirmation(command.provenance, confidence) or needs_confirmation(
            model.provenance, model.confidence
        )

    def blocks_of(
        self,
        model: Model,
        parameters: Mapping[str, str] | None = None,
        *,
        side: int = 1,
    ) -> tuple[Block, ...]:
        """Return the blocks to read for a model, ready for the reader.

        Only fields of the model's quantities, of its pulse inputs and the
        auxiliary ones remain; blocks left without a use are gone. The generic
        meter's block is built from ``parameters``: ConfigurationError, on the
        parameter's field, where they are wrong (S63-S66). ``side`` is the side of a
        station whose two sides share an address.
        """
        register_map = self.map_of(model)
        if register_map.parameter_block:
            return (generic_block({**(parameters or {}), **model.fixed_parameters}),)
        trimmed = (_trim(block, model) for block in register_map.blocks)
        shift = register_map.side_stride * (side - 1)
        return tuple(_moved(block, shift) for block in trimmed if block is not None)

    def harmonics_of(self, model: Model) -> tuple[HarmonicBlock, ...]:
        """Return the blocks of harmonics that a model has, if any (S148)."""
        if not model.harmonics:
            return ()
        blocks = self.map_of(model).harmonics
        return tuple(block for block in blocks if block.key in model.harmonics)

    def ratios_of(self, model: Model) -> tuple[Ratio, ...]:
        """Return the map's ratios, those known from the model as constants."""
        return tuple(
            Ratio(name=ratio.name, default=model.ratios[ratio.name])
            if ratio.name in model.ratios
            else ratio
            for ratio in self.map_of(model).ratios
        )


def _trim(block: Block, model: Model) -> Block | None:
    """Keep of a block what the model has; None when nothing is left to read."""
    if block.key in model.excluded:
        return None
    fields = tuple(
        f
        for f in block.fields
        if f"{block.key}.{f.name}" not in model.excluded and _is_of(f, model)
    )
    is_settings = not block.quantities and bool(block.fields)
    has_values = any(f.quantity is not None for f in fields)
    if not fields or not (is_settings or has_values):
        return None
    return replace(block, fields=fields)


def _maximum(command: Command, model: Model) -> Decimal | None:
    if command.up_to_rated and model.rated_current_a is not None:
        return Decimal(model.rated_current_a)
    return command.maximum


def _moved(block: Block, shift: int) -> Block:
    """Return a block ``shift`` words further on."""
    if not shift:
        return block
    fields = (
        replace(
            field,
            address=field.address + shift,
            parts=tuple(replace(p, address=p.address + shift) for p in field.parts),
        )
        for field in block.fields
    )
    return replace(block, address=block.address + shift, fields=tuple(fields))


def _is_of(register: Field, model: Model) -> bool:
    if register.position is not None:
        return register.position <= model.positions
    return register.quantity is None or register.quantity in model.quantities
