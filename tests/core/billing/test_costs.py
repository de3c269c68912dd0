"""What flowed costs what its tariff says (S273, S171, Q12, Q23)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.metering import Quality
from custom_components.legrand_ews.ews.model import by_id
from custom_components.legrand_ews.ews.model.gas import GasFactor
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook

from ..archive.samples import HOUR, TEN_MINUTES, sample, utc
from ..consumption.building import BUILDING, GAS, LIGHTING, OTHERS, device, open_archive
from ..tariffs.plans import rule, tariff
from .priced import ask, priced, settings_of, totals_of

NIGHT_AND_DAY = priced(rule(1, "07:00", "21:59"), rule(2))
DAY = {"period": "day", "date": "2026-03-10"}
NOON = utc("2026-03-10T11:00")
"""12:00 in Paris."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def test_an_answer_by_tariff_is_what_the_interface_says(archive: Archive) -> None:
    archive.write(
        [
            sample(NOON - 6 * HOUR, 1_500_000, length=HOUR),  # 06:00
            sample(NOON, 2_000_000, length=HOUR),
            sample(NOON, 500_000, device=2, length=HOUR),
        ]
    )
    told = ask(archive, NIGHT_AND_DAY, by="tariff", bucket="hour", **DAY).as_dict()
    buckets = told.pop("buckets")
    assert isinstance(buckets, list)
    assert (buckets[0], buckets[12]) == (
        "2026-03-10T00:00:00+01:00",
        "2026-03-10T12:00:00+01:00",
    )
    series = told.pop("series")
    assert isinstance(series, list)
    assert [one["name"] for one in series] == [f"Tariff {n}" for n in range(1, 6)]
    peak, night, unused = series[:3]
    assert peak["energy"][12] == 2500
    assert peak["costs"][12] == "2.5"
    assert (peak["energy_total"], peak["cost_total"]) == (2500, "2.5")
    assert night["energy"][6:8] == [1500, None]
    assert night["costs"][6:8] == ["3", None]
    assert unused == {
        "kind": "tariff",
        "id": 3,
        "name": "Tariff 3",
        "color": "#1f77b4",
        "energy": [None] * 24,
        "costs": [None] * 24,
        "energy_total": None,
        "cost_total": None,
    }
    assert told == {
        "fluid": "electricity",
        "unit": "Wh",
        "currency": "EUR",
        "is_revenue": False,
        "bucket": "hour",
        "recorded": {
            "start": "2026-03-10T06:00:00+01:00",
            "end": "2026-03-10T13:00:00+01:00",
        },
        "start": "2026-03-10T00:00:00+01:00",
        "end": "2026-03-11T00:00:00+01:00",
        "energy_total": 4000,
        "cost_total": "5.5",
        "complete": False,
        "partial": [],
        "fixed_costs": "0",
        "taxes": "0",
        "surcharges": "0",
        "total_with_extras": "5.5",
    }


def test_series_are_those_of_the_consumption(archive: Archive) -> None:
    archive.write(
        [
            sample(NOON, 2_000_000, length=HOUR),
            sample(NOON - 8 * HOUR, 500_000, device=3, length=HOUR),
        ]
    )
    for by, due in (
        ("load", {LIGHTING: (2000, "2"), OTHERS: (500, "1")}),
        ("group", {1: (2000, "2"), 2: (2500, "3")}),
        ("device", {1: (2000, "2"), 3: (500, "1")}),
        ("level", {0: (2500, "3")}),
    ):
        assert totals_of(ask(archive, NIGHT_AND_DAY, by=by, **DAY).asked) == due
    boards = ask(archive, NIGHT_AND_DAY, level="board", **DAY)
    assert totals_of(boards.asked) == {1: (2500, "3")}
    for tariffs, due in (
        ((1,), (2000, "2")),
        ((2,), (500, "1")),
        ((1, 2), (2500, "3")),
    ):
        some = ask(archive, NIGHT_AND_DAY, by="level", tariffs=list(tariffs), **DAY)
        assert totals_of(some.asked) == {0: due}
        ticked = ask(archive, NIGHT_AND_DAY, by="tariff", tariffs=list(tariffs), **DAY)
        assert list(totals_of(ticked.asked)) == list(tariffs)
        assert str(ticked.cost_total) == f"{due[1]}.000000000000000000"
    one = ask(archive, NIGHT_AND_DAY, level="device", ids=[3], by="tariff", **DAY)
    assert totals_of(one.asked)[2] == (500, "1")
    assert one.asked.energy.total_milli == 500_000


def test_what_no_rule_prices_is_free_and_flagged(archive: Archive) -> None:
    archive.write([sample(NOON - HOUR / 2, 1_000_000, length=HOUR)])
    lunch = priced(rule(1, "12:00", "12:59"))
    told = ask(archive, lunch, by="tariff", tariffs=[1, 0], **DAY).as_dict()
    peak, none = told["series"]  # type: ignore[misc]
    assert (peak["id"], peak["energy_total"], peak["cost_total"]) == (1, 500, "0.5")
    assert (none["id"], none["energy_total"], none["cost_total"]) == (0, 500, "0")
    assert (none["none"], none["name"]) == (True, "")
    assert "none" not in peak
    # Without any plan everything is.
    free = ask(archive, settings_of(), by="tariff", **DAY)
    assert totals_of(free.asked) == {0: (1000, "0")}
    # Where every minute has its tariff nothing is said of it.
    assert 0 not in totals_of(ask(archive, NIGHT_AND_DAY, by="tariff", **DAY).asked)


def test_a_price_changes_at_midnight_inside_a_sample(archive: Archive) -> None:
    """An hour around midnight: half of it at each price, also inside a frame (Q23)."""
    changing = TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=(tariff(1, ("2026-01-01", "0.20"), ("2026-03-11", "0.25")),),
        rules=(rule(1, "22:00", "05:59"), rule(1)),
    )
    midnight = utc("2026-03-10T23:00")
    archive.write([sample(midnight - HOUR / 2, 1_000_000, length=HOUR)])
    settings = settings_of(TariffBook.of(changing))
    span = {"period": "custom", "start": "2026-03-10", "end": "2026-03-11"}
    told = ask(archive, settings, by="tariff", bucket="day", **span).as_dict()
    assert told["series"][0]["costs"] == ["0.1", "0.125"]  # type: ignore[index]
    assert told["cost_total"] == "0.225"


def test_a_sample_may_be_longer_than_a_frame(archive: Archive) -> None:
    """A day's gap in one row: 24 kWh, of which 22:00 to 06:59 is nine hours."""
    start = utc("2026-03-09T23:00")
    archive.write(
        [sample(start, 24_000_000, length=24 * HOUR, quality=Quality.RECOVERED)]
    )
    found = ask(archive, NIGHT_AND_DAY, by="tariff", **DAY)
    assert totals_of(found.asked)[1] == (15_000, "15")
    assert totals_of(found.asked)[2] == (9_000, "18")


@pytest.mark.parametrize(
    ("date", "hours", "night"),
    [("2026-03-29", 23, 8), ("2026-10-25", 25, 10), ("2026-07-01", 24, 9)],
)
def test_a_day_is_as_long_as_it_is(
    archive: Archive, date: str, hours: int, night: int
) -> None:
    start = utc(f"{date}T00:00") - HOUR * (2 if hours != 23 else 1)
    archive.write_history(
        sample(start + number * HOUR, 1_000_000, length=HOUR) for number in range(hours)
    )
    found = ask(
        archive, NIGHT_AND_DAY, by="tariff", period="day", date=date, bucket="hour"
    )
    assert len(found.asked.energy.edges) == hours + 1
    assert totals_of(found.asked)[2] == (night * 1000, str(2 * night))
    assert totals_of(found.asked)[1] == (15_000, "15")


def test_what_was_fed_in_is_revenue(archive: Archive) -> None:
    archive.write([sample(NOON, 3_000_000, quantity="active_energy_export")])
    feed_in = priced(rule(2), fluid=Fluid.ELECTRICITY_EXPORT)
    found = ask(archive, feed_in, fluid="electricity_export", **DAY)
    assert (found.is_revenue, found.cost_total) == (True, Decimal(6))
    assert ask(archive, feed_in, **DAY).cost_total is None


def test_the_energy_of_gas_costs_what_its_volume_does(archive: Archive) -> None:
    archive.write(
        [sample(NOON, 2_000_000, device=5, quantity="gas_volume", length=HOUR)]
    )
    settings = priced(rule(3), fluid=Fluid.GAS)
    site = replace(
        BUILDING, gas_factors=(GasFactor(since=None, kwh_per_m3=Decimal("11.2")),)
    )
    volume = ask(archive, settings, site, fluid="gas", **DAY)
    assert totals_of(volume.asked) == {GAS: (2000, "6")}
    energy = ask(archive, settings, site, fluid="gas_kwh", by="tariff", **DAY)
    assert totals_of(energy.asked)[3] == (22_400, "6")
    some = ask(archive, settings, site, fluid="gas_kwh", tariffs=[3], **DAY)
    assert totals_of(some.asked) == {GAS: (22_400, "6")}
    with pytest.raises(ConfigurationError) as caught:
        ask(archive, settings, fluid="gas_kwh", **DAY)
    assert caught.value.key == "gas_factor_missing"


def test_a_tariff_of_a_former_plan_is_shown_while_it_has_data(archive: Archive) -> None:
    first = TariffPlan(
        fluid=Fluid.ELECTRICITY, tariffs=(tariff(1, "1"),), rules=(rule(1),)
    )
    second = replace(first, tariffs=(tariff(2, "2"),), rules=(rule(2),))
    book = TariffBook.of(first).revised(second, NOON.date())
    archive.write([sample(NOON - 24 * HOUR, 1_000_000), sample(NOON, 1_000_000)])
    settings = settings_of(book)
    march = ask(archive, settings, by="tariff", period="month", date="2026-03-10")
    assert totals_of(march.asked) == {2: (1000, "2"), 1: (1000, "1")}
    day = ask(archive, settings, by="tariff", compare="previous", **DAY)
    assert totals_of(day.asked) == {2: (1000, "2"), 1: (None, None)}
    assert day.compared is not None
    assert totals_of(day.compared) == {2: (None, None), 1: (1000, "1")}
    told = day.as_dict()["compare"]
    assert isinstance(told, dict)
    assert (told["cost_total"], told["energy_total"]) == ("1", 1000)


def test_a_rest_that_is_cut_off_costs_nothing_and_says_so(archive: Archive) -> None:
    """Sub-meters that counted more than their main meter (S81)."""
    site = replace(
        BUILDING,
        devices=by_id(
            [device(1), *(device(n, load=LIGHTING, upstream=1) for n in (2, 3))]
        ),
    )
    archive.write(
        [
            sample(NOON - 8 * HOUR, 1_000_000, length=HOUR),
            sample(NOON - 8 * HOUR, 1_200_000, device=2, length=HOUR),
            sample(NOON, 3_000_000, length=HOUR),
            sample(NOON, 500_000, device=3, length=HOUR),
        ]
    )
    found = ask(archive, NIGHT_AND_DAY, site, by="device", bucket="hour", **DAY)
    told = [series.as_dict() for series in found.asked.series]
    rest = next(one for one in told if one["kind"] == "rest")
    assert rest["energy"][4] == 0  # type: ignore[index]
    assert rest["costs"][4] == "0"  # type: ignore[index]
    assert (rest["energy_total"], rest["excess"]) == (2500, 200)
    assert (rest["cost_total"], rest["cost_excess"]) == ("2.5", "0.4")
    shown = sum(Decimal(str(one["cost_total"])) for one in told)
    assert found.cost_total == shown - Decimal("0.4") == Decimal(5)
    assert found.asked.energy.total_milli == 4_000_000


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({"tariffs": [9]}, "tariffs", "unknown_object"),
        ({"tariffs": "x"}, "tariffs", "number_invalid"),
        ({"by": "colour"}, "by", "option_unknown"),
        ({"ids": [1]}, "ids", "ids_without_level"),
        ({"period": "custom"}, "start", "span_missing"),
    ],
)
def test_a_question_that_makes_no_sense_names_its_field(
    archive: Archive, fields: dict[str, object], field: str, key: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ask(archive, NIGHT_AND_DAY, **fields)
    assert (caught.value.key, caught.value.field) == (key, field)


def test_costs_are_exact_whatever_their_size(archive: Archive) -> None:
    tiny = TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=(tariff(1, "0.000000000001"), tariff(2, "-123456.789012345678")),
        rules=(rule(1, "12:00", "12:59"), rule(2)),
    )
    settings = settings_of(TariffBook.of(tiny))
    archive.write(
        [sample(NOON, 1), sample(NOON + 2 * HOUR, 10**12 + 1, length=TEN_MINUTES)]
    )
    found = ask(archive, settings, by="tariff", **DAY)
    assert totals_of(found.asked) == {
        1: (0.001, "0.000000000000000001"),
        2: ((10**12 + 1) / 1000, "-123456789012.469134789012345678"),
    }


def test_nothing_recorded_costs_no_data(archive: Archive) -> None:
    found = ask(archive, NIGHT_AND_DAY, **DAY)
    assert found.cost_total is None
    assert found.as_dict()["cost_total"] is None
