"""The generic meter of other makers: one counter, described by the user."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from ..errors import ConfigurationError
from .registers import Block, Cadence, Field, Provenance, Space, ValueType
from .scales import FixedScale

QUANTITY: Final = "active_energy_import"
LAST_ADDRESS: Final = 0xFFFF
SPACES: Final = {"3": Space.HOLDING, "4": Space.INPUT}
TYPES: Final = {"1": ValueType.U16, "2": ValueType.U32, "4": ValueType.U64}


def parse_register(text: str) -> int:
    """Read a register address in hexadecimal, with or without 0x (S64).

    Raises ConfigurationError ``register_invalid`` on field ``register``.
    """
    digits = text.strip().removeprefix("0x").removeprefix("0X")
    try:
        address = int(digits, 16) if digits.isalnum() else -1
    except ValueError:
        address = -1
    if not 0 <= address <= LAST_ADDRESS:
        raise ConfigurationError("register_invalid", field="register", register=text)
    return address


def generic_block(parameters: Mapping[str, str]) -> Block:
    """Build the block of a generic meter: value x factor = Wh (S63-S66, Q5).

    Raises ConfigurationError on field ``function``, ``register``, ``words`` or
    ``factor``. Nobody says where such a counter rolls over, so it has no
    modulus: a drop is a reset.
    """
    space = SPACES.get(parameters.get("function", "3"))
    if space is None:
        raise ConfigurationError(
            "function_invalid", field="function", function=parameters["function"]
        )
    value_type = TYPES.get(parameters.get("words", "2"))
    if value_type is None:
        raise ConfigurationError(
            "words_invalid", field="words", words=parameters["words"]
        )
    address = parse_register(parameters.get("register", ""))
    if address + value_type.words - 1 > LAST_ADDRESS:
        raise ConfigurationError(
            "register_invalid", field="register", register=parameters["register"]
        )
    return Block(
        key="energy",
        space=space,
        address=address,
        words=value_type.words,
        cadence=Cadence.NORMAL,
        fields=(
            Field(
                name=QUANTITY,
                quantity=QUANTITY,
                address=address,
                type=value_type,
                scale=FixedScale(multiplier=_factor(parameters.get("factor", "1"))),
                provenance=Provenance.DOCUMENTED,
            ),
        ),
    )


def _factor(text: str) -> Decimal:
    try:
        factor = Decimal(text.strip())
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        raise ConfigurationError("factor_invalid", field="factor", factor=text)
    return factor
