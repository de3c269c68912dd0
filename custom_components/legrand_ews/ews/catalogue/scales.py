"""From raw register words to values: factors, ratios, modes, counter widths.

Everything here is data of a register map with the small pure functions that
read it, shared by the bus (words to values) and the simulator (values to
words). ``raws`` are the raw integers of a map's auxiliary fields by name, as
far as they were read; a refused field is absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from ..quantities import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedScale:
    """Value = raw x ``multiplier``, in the unit of the quantity."""

    multiplier: Decimal = Decimal(1)

    def factor(self, raw: int, ratios: Mapping[str, Decimal]) -> Decimal | None:
        """Return the multiplier, whatever the raw value and the ratios are."""
        del raw, ratios
        return self.multiplier


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a stepped scale: ``factor`` holds below ``below`` (exclusive).

    ``below`` is None in the last row, which holds from there upwards.
    """

    below: Decimal | None
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioScale:
    """A factor that follows the transformers: notes 1 and 2 of table T1.

    The product of the named ``ratios`` (CT x VT) picks the step. Without one
    of the ratios there is no factor: the value is unknown, never wrong.
    """

    ratios: tuple[str, ...]
    steps: tuple[Step, ...]

    def factor(self, raw: int, ratios: Mapping[str, Decimal]) -> Decimal | None:
        """Return the factor for these ratios, None while one is unknown."""
        del raw
        product = Decimal(1)
        for name in self.ratios:
            ratio = ratios.get(name)
            if ratio is None:
                return None
            product *= ratio
        return _pick(self.steps, product)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawScale:
    """A factor that follows the raw value itself (frequency of table T2.2)."""

    steps: tuple[Step, ...]

    def factor(self, raw: int, ratios: Mapping[str, Decimal]) -> Decimal | None:
        """Return the factor for this raw value."""
        del ratios
        return _pick(self.steps, Decimal(raw))


type Scale = FixedScale | RatioScale | RawScale


def _pick(steps: tuple[Step, ...], driver: Decimal) -> Decimal:
    for step in steps[:-1]:
        if step.below is not None and driver < step.below:
            return step.factor
    return steps[-1].factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Modulus:
    """Where a counter rolls over (registers.md 0.7 row 1).

    ``counts`` is the number of counts until it is zero again. With ``field``
    the device says so itself: counts = raw of that auxiliary field +
    ``field_offset`` (a device that names its highest value needs 1). ``unit``
    is the value of one count where it differs from the counter's own scale.
    """

    counts: int | None = None
    field: str | None = None
    field_offset: int = 0
    unit: Scale | None = None

    def value(
        self, raws: Mapping[str, int], ratios: Mapping[str, Decimal], own: Scale
    ) -> Decimal | None:
        """Return the modulus in the quantity's unit, None while it is unknown.

        ``own`` is the counter's scale. None means: take a drop for a reset.
        """
        counts = self.counts
        if self.field is not None and raws.get(self.field):
            counts = raws[self.field] + self.field_offset
        if counts is None:
            return None
        factor = (self.unit or own).factor(counts - 1, ratios)
        return None if factor is None else counts * factor


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioSource:
    """One place where a ratio may stand: auxiliary ``field`` x ``multiplier``.

    It counts only where auxiliary field ``when_field`` reads one of
    ``when_values``, if that is given (the identifier that decides between
    tenths and hundredths, registers.md 0.7 row 6).
    """

    field: str
    multiplier: Decimal = Decimal(1)
    when_field: str | None = None
    when_values: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A transformer ratio by name (``ct``, ``vt``) and where it comes from.

    The user's ``parameter`` wins, then the first source that was read and is
    not zero, then ``default``. A refused or zero ratio never becomes 0.
    """

    name: str
    parameter: str | None = None
    sources: tuple[RatioSource, ...] = ()
    default: Decimal | None = None

    def resolve(
        self, raws: Mapping[str, int], parameters: Mapping[str, str]
    ) -> Decimal | None:
        """Return the ratio (> 0), None while nobody can say it."""
        given = (
            _positive(parameters.get(self.parameter, "")) if self.parameter else None
        )
        if given is not None:
            return given
        for source in self.sources:
            if (
                source.when_field is not None
                and raws.get(source.when_field) not in source.when_values
            ):
                continue
            raw = raws.get(source.field, 0)
            if raw > 0:
                return raw * source.multiplier
        return self.default


def _positive(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A setting of the device that changes what registers mean (0.7 row 4).

    The user's ``parameter`` ("on" or "off") wins over the device's ``field``
    (on when it reads one of ``values``), and that over ``default``.
    """

    name: str
    parameter: str | None = None
    field: str | None = None
    values: frozenset[int] = frozenset()
    default: bool = False

    def is_on(self, raws: Mapping[str, int], parameters: Mapping[str, str]) -> bool:
        """Say whether the mode is in force on this device."""
        given = parameters.get(self.parameter, "") if self.parameter else ""
        if given in {"on", "off"}:
            return given == "on"
        if self.field is not None and self.field in raws:
            return raws[self.field] in self.values
        return self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A field counts only while mode ``mode`` is on, or only while it is off."""

    mode: str
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCode:
    """What a concentrator's unit code says of one input (table T5).

    ``factor`` converts into ``unit``: Wh, varh, VAh, dm³ or bare counts.
    """

    unit: Unit
    factor: Decimal = field(default=Decimal(1))
