"""Where raw values stand and of what type they are."""

from enum import StrEnum


class Space(StrEnum):
    """Modbus space: registers (functions 03, 04) and bits (01, 02)."""

    HOLDING = "holding"
    INPUT = "input"
    COIL = "coil"
    DISCRETE = "discrete"

    @property
    def is_bits(self) -> bool:
        """Whether an address is one bit instead of a word."""
        return self in {Space.COIL, Space.DISCRETE}

    @property
    def function(self) -> int:
        """The Modbus function that reads it."""
        return _FUNCTIONS[self]


_FUNCTIONS = {Space.COIL: 1, Space.DISCRETE: 2, Space.HOLDING: 3, Space.INPUT: 4}


class ValueType(StrEnum):
    """Type of a raw value and its bits.

    It is unsigned, signed, floating-point (IEEE 754), binary-coded decimal (four bits a
    digit); or one bit.
    """

    U16 = "u16"
    S16 = "s16"
    U32 = "u32"
    S32 = "s32"
    U64 = "u64"
    S64 = "s64"
    F32 = "f32"
    F64 = "f64"
    B16 = "b16"
    B32 = "b32"
    B64 = "b64"
    BIT = "bit"
    """One coil or discrete input: 0 or 1."""

    @property
    def words(self) -> int:
        """Number of registers that the value takes; a bit takes one address."""
        return 1 if self is ValueType.BIT else int(self[1:]) // 16

    @property
    def is_float(self) -> bool:
        """Whether it is a floating-point number."""
        return self in {ValueType.F32, ValueType.F64}

    @property
    def is_decimal(self) -> bool:
        """Whether it is a binary-coded decimal number."""
        return self in {ValueType.B16, ValueType.B32, ValueType.B64}

    @property
    def is_pattern(self) -> bool:
        """Whether the raw integer is a pattern of bits, and not the number itself."""
        return self.is_float or self.is_decimal

    @property
    def is_signed(self) -> bool:
        """Whether it is a two's complement number."""
        return self.startswith("s")
