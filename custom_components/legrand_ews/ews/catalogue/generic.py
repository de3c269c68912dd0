"""One counter that the user describes: a generic meter, or one of another server."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from ..errors import ConfigurationError
from ..model.remote import REMOTE_ID, remote_object
from .known import Provenance
from .registers import Block, Cadence, Field
from .scales import FixedScale
from .values import Space, ValueType

QUANTITY: Final = "active_energy_import"
LAST_ADDRESS: Final = 0xFFFF
SPACES: Final = {"3": Space.HOLDING, "4": Space.INPUT}
FLOAT: Final = "float"
TYPES: Final = {
    "unsigned": {"1": ValueType.U16, "2": ValueType.U32, "4": ValueType.U64},
    "signed": {"1": ValueType.S16, "2": ValueType.S32, "4": ValueType.S64},
    FLOAT: {"2": ValueType.F32, "4": ValueType.F64},
    "bcd": {"1": ValueType.B16, "2": ValueType.B32, "4": ValueType.B64},
}


def generic_block(parameters: Mapping[str, str]) -> Block:
    """Build the block of a generic meter: value x factor = Wh (S63-S66, Q5).

    With a ``remote_id`` it is that register of another server (S131-S134).
    Raises ConfigurationError ``choice_unknown``, ``float_words``, ``hex_invalid``,
    ``register_too_high`` or ``decimal_invalid`` on field ``function``, ``number_type``,
    ``words``, ``register``, ``remote_id`` or ``factor``. Nobody says where such a counter rolls over, so it has no
    modulus: a drop is a reset.
    """
    space = _chosen("function", SPACES, parameters.get("function", "3"))
    kind, words = (
        parameters.get("number_type", "unsigned"),
        parameters.get("words", "2"),
    )
    types = _chosen("number_type", TYPES, kind)
    if kind == FLOAT and words == "1":
        raise ConfigurationError("float_words", field="words")
    value_type = _chosen("words", types, words)
    remote_id = parameters.get(REMOTE_ID)
    if remote_id is None:
        provenance = Provenance.DOCUMENTED
        address = _register(parameters.get("register", ""), value_type.words)
    else:
        provenance = Provenance.ASSUMED
        address = _remote_register(remote_id)
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
                provenance=provenance,
            ),
        ),
    )


def _chosen[T](field: str, choices: Mapping[str, T], text: str) -> T:
    if text not in choices:
        raise ConfigurationError("choice_unknown", field=field, value=text)
    return choices[text]


def _register(text: str, words: int) -> int:
    """Read an address in hexadecimal, with or without 0x (S64)."""
    digits = text.strip().lower().removeprefix("0x")
    is_hex = bool(digits) and not digits.strip("0123456789abcdef")
    if not is_hex or int(digits, 16) > LAST_ADDRESS:
        raise ConfigurationError("hex_invalid", field="register", value=text)
    address = int(digits, 16)
    if address + words - 1 > LAST_ADDRESS:
        raise ConfigurationError(
            "register_too_high", field="register", register=text, words=words
        )
    return address


def _remote_register(text: str) -> int:
    """Take a remote ID for the register that it is (registers.md T11)."""
    number = int(text) if text.isdecimal() else 0
    if remote_object(number) is None:
        raise ConfigurationError("choice_unknown", field=REMOTE_ID, value=text)
    return number


def _factor(text: str) -> Decimal:
    try:
        factor = Decimal(text.strip())
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        raise ConfigurationError("decimal_invalid", field="factor", value=text)
    return factor
