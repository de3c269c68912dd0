"""Prices of sources and frozen bills come out of the archive as they went in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.archive import Archive, StoredBill
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import SourcePrice
from custom_components.legrand_ews.ews.timegrid import Span

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", ROME)
    archive.open()
    yield archive
    archive.close()


def said(*prices: str | None) -> list[SourcePrice]:
    """One price an hour from noon on."""
    return [
        SourcePrice(NOON + n * HOUR, None if price is None else Decimal(price))
        for n, price in enumerate(prices)
    ]


def test_prices_keep_every_digit_and_silence(archive: Archive) -> None:
    rows = said("0.123456789012345678901", "-0.05", None, "1E-7")
    archive.add_prices("sensor.spot", rows)
    archive.add_prices("sensor.other", said("0.1"))
    archive.close()
    archive.open()
    history = archive.price_history()
    assert history.sources == {"sensor.spot", "sensor.other"}
    span = Span(NOON, NOON + 4 * HOUR)
    found = [x.amount for x in history.over("sensor.spot", span, None)]
    assert found == [
        Decimal("0.123456789012345678901"),
        Decimal("-0.05"),
        Decimal("-0.05"),  # silent: the last one holds
        Decimal("0.0000001"),
    ]
    assert archive.price_history(["sensor.other"]).sources == {"sensor.other"}


def test_a_price_is_corrected_at_its_instant(archive: Archive) -> None:
    archive.add_prices("sensor.spot", said("0.1", "0.2", "0.3"))
    archive.add_prices("sensor.spot", [SourcePrice(NOON + HOUR, Decimal("0.25"))])
    span = Span(NOON, NOON + 3 * HOUR)

    def known() -> list[tuple[datetime, Decimal | None]]:
        history = archive.price_history()
        return [(x.start, x.amount) for x in history.over("sensor.spot", span, None)]

    assert [price for _, price in known()] == [
        Decimal("0.1"),
        Decimal("0.25"),
        Decimal("0.3"),
    ]


def bill(month: int, content: str, fluid: Fluid = Fluid.ELECTRICITY) -> StoredBill:
    return StoredBill(
        fluid=fluid,
        first_day=date(2026, month, 1),
        last_day=date(2026, month, 28),
        frozen_at=NOON,
        content=content,
    )


def test_bills_are_kept_until_they_are_dropped(archive: Archive) -> None:
    kept = [bill(1, "{}"), bill(2, '{"ü": "€"}'), bill(1, "[]", Fluid.WATER)]
    archive.keep_bills(kept)
    assert archive.bills() == [kept[0], kept[2], kept[1]]
    assert archive.bills(Fluid.WATER) == [kept[2]]
    archive.keep_bills([bill(1, "new")])
    assert archive.bills(Fluid.ELECTRICITY) == [bill(1, "new"), kept[1]]
    archive.drop_bill(Fluid.ELECTRICITY, date(2026, 1, 1), date(2026, 1, 28))
    assert archive.bills() == [kept[2], kept[1]]
