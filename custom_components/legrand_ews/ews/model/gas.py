"""What a cubic metre of gas holds: dated factors from volume to energy (S163)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Final

from ..errors import ConfigurationError

MOST_KWH_PER_M3: Final = Decimal(50)
"""No fuel gas holds more; a larger number is given in another unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GasFactor:
    """Energy of gas in kWh per m³ from a civil day on; None: since ever."""

    since: date | None
    kwh_per_m3: Decimal


def encode_gas_factors(factors: Iterable[GasFactor]) -> list[dict[str, str | None]]:
    """Encode factors as the interface and the options of a site write them."""
    return [
        {
            "from": None if factor.since is None else factor.since.isoformat(),
            "kwh_per_m3": str(factor.kwh_per_m3),
        }
        for factor in factors
    ]


def decode_gas_factors(
    rows: Sequence[Mapping[str, object]],
) -> tuple[GasFactor, ...]:
    """Read factors in order of their days.

    A missing ``from`` means since ever. Raises ConfigurationError at field
    ``gas_factor``: ``date_invalid``, ``gas_factor_invalid`` or ``gas_factor_twice``.
    """
    factors = sorted((_decode(row) for row in rows), key=lambda x: x.since or date.min)
    for earlier, later in pairwise(factors):
        if earlier.since == later.since:
            raise ConfigurationError(
                "gas_factor_twice", field="gas_factor", day=later.since or "–"
            )
    return tuple(factors)


def _decode(row: Mapping[str, object]) -> GasFactor:
    text = row.get("from")
    try:
        since = None if text in (None, "") else date.fromisoformat(str(text))
    except ValueError as error:
        raise ConfigurationError(
            "date_invalid", field="gas_factor", value=text
        ) from error
    written = str(row.get("kwh_per_m3", "")).strip().replace(",", ".")
    try:
        factor = Decimal(written)
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or not 0 < factor <= MOST_KWH_PER_M3:
        raise ConfigurationError(
            "gas_factor_invalid",
            field="gas_factor",
            value=row.get("kwh_per_m3", ""),
            limit=MOST_KWH_PER_M3,
        )
    return GasFactor(since=since, kwh_per_m3=factor)
