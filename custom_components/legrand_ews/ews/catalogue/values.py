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
    """Type of a raw value: unsigned, signed or IEEE 754, and its bits; or one bit."""

    U16 = "u16"
    S16 = "s16"
    U32 = "u32"
    S32 = "s32"
    U64 = "u64"
    S64 = "s64"
    F32 = "f32"
    F64 = "f64"
    BIT = "bit"
    """One coil or discrete input: 0 or 1."""

    @property
    def words(self) -> int:
        """Number of registers that the value takes; a bit takes one address."""
        return 1 if self is ValueType.BIT else int(self[1:]) // 16

    @property
    def is_float(self) -> bool:
        """Whether it is a floating-point number; its raw integer is the pattern."""
        return self in {ValueType.F32, ValueType.F64}

    @property
    def is_signed(self) -> bool:
        """Whether it is a two's complement number."""
        return self.startswith("s")
