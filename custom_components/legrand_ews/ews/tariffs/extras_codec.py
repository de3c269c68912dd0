"""Fees, levies, tiers, capacity and taxes as plain data, and back.

Every key may be left out: a plan of a time before they existed reads as one without.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from ..model.plain_data import Data
from .extras import (
    Basis,
    CapacityPrice,
    Extras,
    Fee,
    Levy,
    PeakInterval,
    Per,
    Tax,
    Tier,
)
from .price import Price
from .reading import Reader, day_text

EXTRA_KEYS: Final = ("fees", "levies", "tiers", "capacity", "taxes", "billing_day")
"""The keys of a plan that hold them."""


def prices_data(
    prices: Iterable[Price], field: str = "price"
) -> list[dict[str, str | None]]:
    """Return dated amounts as plain data."""
    return [
        {"from": day_text(price.valid_from), field: str(price.amount)}
        for price in prices
    ]


def encode_extras(extras: Extras) -> dict[str, object]:
    """Return the keys that a plan needs; what it does not have has none."""
    data: dict[str, object] = {
        "fees": [
            {"name": x.name, "per": x.per.value, "prices": prices_data(x.prices)}
            for x in extras.fees
        ],
        "levies": [
            {"name": x.name, "prices": prices_data(x.prices)} for x in extras.levies
        ],
        "tiers": [
            {"name": x.name, "above": str(x.above), "prices": prices_data(x.prices)}
            for x in extras.tiers
        ],
        "taxes": [
            {
                "name": x.name,
                "on": x.basis.value,
                "on_taxes": x.is_on_taxes,
                "percents": prices_data(x.percents, "percent"),
            }
            for x in extras.taxes
        ],
    }
    data = {key: rows for key, rows in data.items() if rows}
    if (capacity := extras.capacity) is not None:
        data["capacity"] = {
            "name": capacity.name,
            "interval": capacity.interval.value,
            "minimum": str(capacity.minimum),
            "prices": prices_data(capacity.prices),
        }
    if extras.billing_day != 1:
        data["billing_day"] = extras.billing_day
    return data


def decode_extras(data: Data, reader: Reader) -> Extras:
    """Read what is there; what cannot be read is told to ``reader``."""
    billing_day = data.get("billing_day", 1)
    if not isinstance(billing_day, int):
        reader.wrong("billing_day", "billing_day_invalid", value=billing_day)
        billing_day = 1
    tiers = [_tier(row, at, reader) for at, row in _rows(data, "tiers", reader)]
    return Extras(
        fees=tuple(_fee(row, at, reader) for at, row in _rows(data, "fees", reader)),
        levies=tuple(
            Levy(name=_name(row), prices=_prices(row, at, reader))
            for at, row in _rows(data, "levies", reader)
        ),
        tiers=tuple(sorted(tiers, key=lambda tier: tier.above)),
        capacity=_capacity(data.get("capacity"), reader),
        taxes=tuple(_tax(row, at, reader) for at, row in _rows(data, "taxes", reader)),
        billing_day=billing_day,
    )


def _rows(data: Data, key: str, reader: Reader) -> list[tuple[str, Data]]:
    return reader.rows(data.get(key) or (), key)


def _name(row: Data) -> str:
    return str(row.get("name") or "")


def _prices(row: Data, at: str, reader: Reader) -> tuple[Price, ...]:
    return tuple(reader.prices(row.get("prices", ()), f"{at}.prices"))


def _fee(row: Data, at: str, reader: Reader) -> Fee:
    return Fee(
        name=_name(row),
        per=reader.choice(Per, row.get("per"), f"{at}.per", Per.MONTH),
        prices=_prices(row, at, reader),
    )


def _tier(row: Data, at: str, reader: Reader) -> Tier:
    above = reader.decimal(row.get("above"), f"{at}.above")
    return Tier(
        name=_name(row),
        above=Decimal(0) if above is None else above,
        prices=_prices(row, at, reader),
    )


def _capacity(row: object, reader: Reader) -> CapacityPrice | None:
    # An empty one takes away what was there: in a change, None is "as it was".
    if row is None or row == {}:
        return None
    if not isinstance(row, Mapping):
        reader.wrong("capacity", "object_expected")
        return None
    minimum = reader.decimal(row.get("minimum") or 0, "capacity.minimum")
    return CapacityPrice(
        name=_name(row),
        interval=reader.choice(
            PeakInterval,
            row.get("interval"),
            "capacity.interval",
            PeakInterval.QUARTER_HOUR,
        ),
        minimum=minimum or Decimal(0),
        prices=_prices(row, "capacity", reader),
    )


def _tax(row: Data, at: str, reader: Reader) -> Tax:
    percents = reader.prices(row.get("percents", ()), f"{at}.percents", "percent")
    return Tax(
        name=_name(row),
        basis=reader.choice(Basis, row.get("on"), f"{at}.on", Basis.ALL),
        is_on_taxes=row.get("on_taxes") is not False,
        percents=tuple(percents),
    )
