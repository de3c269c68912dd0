"""Bills of a site from its archive: as they are, frozen, and what has changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import Billing, Books, CostQuery, Metered
from custom_components.legrand_ews.ews.billing.bill_query import BillQuery
from custom_components.legrand_ews.ews.billing.bills import (
    answer_bills,
    freeze_bills,
    site_bill,
    unfreeze_bills,
)
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    Basis,
    CapacityPrice,
    CostRule,
    Extras,
    Fee,
    Levy,
    PeakInterval,
    Per,
    Price,
    PriceHistory,
    SourcePrice,
    Tariff,
    TariffPlan,
    Tax,
    Tier,
)
from custom_components.legrand_ews.ews.tariffs.book import FrozenPeriod, TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING, by_id, device
from ..tariffs.plans import plans

PARIS = ZoneInfo("Europe/Paris")
HOUR = timedelta(hours=1)
JANUARY = {"date": "2026-01-10"}
FEBRUARY_5 = utc("2026-02-05T12:00")
EXPORT = "active_energy_export"
KWH = 1_000_000
SHARE = Decimal("1e-12")
"""Shares of a month are cut there."""

SITE = replace(
    BUILDING,
    devices=by_id(
        [device(1), device(2, upstream=1), device(3, is_excluded=True), device(4)]
    ),
)
"""A main meter with a sub-meter, one that is excluded from totals, and one of the roof."""


def once(amount: str) -> tuple[Price, ...]:
    return (Price(amount=Decimal(amount)),)


FEE = Fee(name="Subscription", per=Per.MONTH, prices=once("12.4"))
EXTRAS = Extras(
    fees=(FEE,),
    levies=(Levy(name="Excise", prices=once("0.01")),),
    taxes=(Tax(name="VAT", basis=Basis.ALL, percents=once("20")),),
)


def book(
    price: str = "0.20",
    extras: Extras = EXTRAS,
    *,
    fluid: Fluid = Fluid.ELECTRICITY,
    source: str | None = None,
) -> TariffBook:
    tariff = Tariff(
        id=1, name="Base", color="#102030", prices=once(price), price_source=source
    )
    return TariffBook.of(
        TariffPlan(
            fluid=fluid,
            tariffs=(tariff,),
            rules=(CostRule(tariff_id=1),),
            extras=extras,
        )
    )


def hours(first: str, last: str, **options: Any) -> Iterator[Any]:
    """A kWh every hour of some local days, both included."""
    at = local_midnight(date.fromisoformat(first), PARIS)
    end = local_midnight(date.fromisoformat(last) + timedelta(days=1), PARIS)
    while at < end:
        yield sample(at, KWH, length=HOUR, **options)
        at += HOUR


@dataclass
class Town:
    """A site with an archive and books, and the questions that are put to it."""

    archive: Archive
    books: dict[Fluid, TariffBook] = field(
        default_factory=lambda: {Fluid.ELECTRICITY: book()}
    )
    prices: PriceHistory = field(default_factory=lambda: PriceHistory({}))

    @property
    def asked(self) -> dict[str, Any]:
        money = BillingSettings(currency="EUR", books=self.books)
        return {
            "books": Books(money, PARIS, self.prices),
            "metered": Metered(
                installation=SITE, directory=Directory(SITE), archive=self.archive
            ),
        }

    def bill(self, now: datetime = FEBRUARY_5, **request: object) -> Mapping[str, Any]:
        query = BillQuery.from_request(request or JANUARY, PARIS)
        answer = answer_bills(query, now=now, **self.asked)
        return answer.as_dict(self.asked["metered"])

    def freeze(self, now: datetime = FEBRUARY_5, **request: object) -> None:
        query = BillQuery.from_request(request or JANUARY, PARIS)
        for fluid, days in freeze_bills(query, now=now, **self.asked).items():
            self.books[fluid] = self.books[fluid].with_frozen(days)

    def unfreeze(self, **request: object) -> None:
        query = BillQuery.from_request(request or JANUARY, PARIS)
        opened = unfreeze_bills(query, now=FEBRUARY_5, **self.asked)
        for fluid, days in opened.items():
            self.books[fluid] = self.books[fluid].without_frozen(days)


@pytest.fixture(name="town")
def town_fixture(tmp_path: Path) -> Iterator[Town]:
    """January 2026: the main meter counts a kWh every hour, of which all is behind."""
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.write_history(hours("2026-01-01", "2026-01-31"))
    archive.write_history(hours("2026-01-01", "2026-01-31", device=2))
    archive.write_history(hours("2026-01-01", "2026-01-31", device=3))
    yield Town(archive)
    archive.close()


def test_the_bill_of_a_month_is_what_it_says(town: Town) -> None:
    """744 kWh at 0.20 and 0.01, 12.40 for the month, and 20 % on 168.64."""
    answer = town.bill()
    (bill,) = answer["bills"]
    assert bill["lines"] == [
        {
            "kind": "energy",
            "name": "Base",
            "tariff": 1,
            "color": "#102030",
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
            "quantity": "744",
            "unit": "kWh",
            "price": "0.2",
            "amount": "148.8",
            "assumed": False,
        },
        {
            "kind": "levy",
            "name": "Excise",
            "tariff": None,
            "color": None,
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
            "quantity": "744",
            "unit": "kWh",
            "price": "0.01",
            "amount": "7.44",
        },
        {
            "kind": "fee",
            "name": "Subscription",
            "tariff": None,
            "color": None,
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
            "quantity": "1",
            "unit": "month",
            "price": "12.4",
            "amount": "12.4",
        },
        {
            "kind": "tax",
            "name": "VAT",
            "tariff": None,
            "color": None,
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
            "quantity": None,
            "unit": "%",
            "price": "20",
            "base": "168.64",
            "amount": "33.728",
        },
    ]
    totals = {
        "energy_total": 744_000,
        "energy_cost": "148.8",
        "surcharges": "0",
        "levies": "7.44",
        "fixed_costs": "12.4",
        "taxes": "41.168",
        "total": "202.368",
        "total_rounded": "202.37",
    }
    assert {key: bill[key] for key in totals} == totals
    assert (bill["status"], bill["complete"], bill["differs"]) == ("open", True, False)
    assert (bill["start"], bill["end"]) == (
        "2026-01-01T00:00:00+01:00",
        "2026-02-01T00:00:00+01:00",
    )
    assert (answer["total"], answer["total_rounded"]) == ("202.368", "202.37")
    assert (answer["currency"], answer["frozen"]) == ("EUR", [])


def test_a_month_that_runs_is_billed_up_to_today(town: Town) -> None:
    """Ten of 31 days: the tenth runs, and its fee counts whole."""
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(fees=(FEE,)))
    (bill,) = town.bill(now=utc("2026-01-10T09:30"))["bills"]
    assert (bill["status"], bill["fixed_costs"]) == ("running", "4")
    (whole,) = town.bill()["bills"]
    assert (whole["status"], whole["fixed_costs"]) == ("open", "12.4")


def test_nothing_is_billed_before_the_first_sample(town: Town) -> None:
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(fees=(FEE,)))
    (bill,) = town.bill(start="2025-12-01", end="2026-01-10")["bills"]
    assert (bill["energy_total"], bill["fixed_costs"]) == (240_000, "4")
    (before,) = town.bill(date="2025-12-01")["bills"]
    assert (before["total"], before["lines"], before["complete"]) == ("0", [], False)


def test_feed_in_is_taken_off(town: Town) -> None:
    town.archive.write_history(
        hours("2026-01-01", "2026-01-10", quantity=EXPORT, device=4)
    )
    feed_in = book("0.08", Extras(), fluid=Fluid.ELECTRICITY_EXPORT)
    town.books[Fluid.ELECTRICITY_EXPORT] = feed_in
    answer = town.bill()
    assert [(x["fluid"], x["revenue"], x["total"]) for x in answer["bills"]] == [
        ("electricity", False, "202.368"),
        ("electricity_export", True, "19.2"),
    ]
    assert answer["total"] == "183.168"
    only = town.bill(fluid="electricity_export", **JANUARY)
    assert [x["fluid"] for x in only["bills"]] == ["electricity_export"]
    assert only["total"] == "-19.2"


def test_a_tier_knows_the_month_before_the_bill(town: Town) -> None:
    """240 kWh in ten days: the eleventh begins 40 kWh above 200."""
    tier = Tier(name="Much", above=Decimal(200), prices=once("0.10"))
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(tiers=(tier,)))
    (bill,) = town.bill(start="2026-01-11", end="2026-01-11")["bills"]
    assert bill["surcharges"] == "2.4"
    (whole,) = town.bill()["bills"]
    assert whole["surcharges"] == "54.4"


@pytest.mark.parametrize(
    ("interval", "power", "at", "cost"),
    [
        # 3 kW all day, but 2 kWh from 17:10 to 17:20 UTC: 12 kW.
        (PeakInterval.SAMPLE, "12", "2026-02-10T18:10:00+01:00", "36"),
        # 17:00 to 17:15 has half of it and half a kWh before: 1.5 kWh, 6 kW.
        (PeakInterval.QUARTER_HOUR, "6", "2026-02-10T18:00:00+01:00", "18"),
    ],
)
def test_capacity_is_billed_by_the_highest_power(
    town: Town, interval: PeakInterval, power: str, at: str, cost: str
) -> None:
    ten_minutes = [
        sample(
            utc("2026-02-10T00:00") + n * timedelta(minutes=10),
            2 * KWH if n == 103 else KWH // 2,
        )
        for n in range(144)
    ]
    town.archive.write_history(ten_minutes)
    capacity = CapacityPrice(name="Capacity", interval=interval, prices=once("3"))
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(capacity=capacity))
    (bill,) = town.bill(now=utc("2026-03-05T00:00"), date="2026-02-10")["bills"]
    (line,) = [x for x in bill["lines"] if x["kind"] == "capacity"]
    assert (line["peak"], line["peak_at"]) == (power, at)
    assert (line["amount"], line["unit"]) == (cost, "kW")


def test_a_billing_month_that_begins_with_a_new_plan_has_its_peak(town: Town) -> None:
    """From 10 January on, months begin on the 5th: 9 of 31 days, then 22 of 31."""
    capacity = CapacityPrice(name="Peak", prices=once("3.1"))
    old, new = (
        book(extras=Extras(capacity=capacity, billing_day=day)).current
        for day in (1, 5)
    )
    late = sample(utc("2026-01-06T10:00"), 9 * KWH, length=HOUR)
    town.archive.write_history([late])
    changed = TariffBook.of(old).revised(new, date(2026, 1, 10))
    town.books = {Fluid.ELECTRICITY: changed}
    (bill,) = town.bill(start="2026-01-01", end="2026-01-31")["bills"]
    (line,) = [x for x in bill["lines"] if x["kind"] == "capacity"]
    assert (line["peak"], line["peak_at"]) == ("9", "2026-01-06T11:00:00+01:00")
    assert abs(Decimal(line["amount"]) - Decimal("27.9")) <= 2 * SHARE


def test_a_peak_is_remembered_until_the_past_changes(town: Town) -> None:
    """A kW in all of January; then a corrected hour of 7 kWh, and one of today of 9."""
    capacity = CapacityPrice(name="Capacity", prices=once("1"))
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(capacity=capacity))
    money = BillingSettings(currency="EUR", books=town.books)
    metered = town.asked["metered"]
    billing = Billing(money, PARIS, lambda: metered)

    def cost(now: datetime = FEBRUARY_5, **request: str) -> Any:
        query = BillQuery.from_request(request or JANUARY, PARIS)
        answer: Any = billing.get_bill(query, now)
        return answer["bills"][0]["fixed_costs"]

    assert [cost(), cost()] == ["1", "1"]
    town.archive.write_history([sample("2026-01-10T10:00", 7 * KWH, length=HOUR)])
    assert [cost(), cost()] == ["7", "7"]
    town.archive.write([sample("2026-02-01T10:00", 2 * KWH, length=HOUR)])
    town.archive.write([sample("2026-02-02T10:00", 5 * KWH, length=HOUR)])
    now = utc("2026-02-02T12:00")
    february = {"date": "2026-02-10"}
    # The 28 days of February share it out: two of them are there.
    assert Decimal(cost(now, **february)) == Decimal(5) / 14 // SHARE * SHARE
    town.archive.write([sample("2026-02-02T11:00", 14 * KWH, length=HOUR)])
    assert cost(now, **february) == "1"


def test_a_dynamic_tariff_is_billed_by_its_history(town: Town) -> None:
    """Half of the month at 0.30, half at -0.10; the first day is assumed."""
    town.books[Fluid.ELECTRICITY] = book(extras=Extras(), source="sensor.spot")
    rows = [
        SourcePrice(local_midnight(date(2026, 1, 2), PARIS), Decimal("0.30")),
        SourcePrice(local_midnight(date(2026, 1, 17), PARIS), Decimal("-0.10")),
    ]
    town.prices = PriceHistory({"sensor.spot": rows})
    (bill,) = town.bill()["bills"]
    # 24 kWh at the tariff's own 0.20, 15 days at 0.30, 15 days at -0.10.
    (line,) = bill["lines"]
    assert (line["price"], line["assumed"]) == (None, True)
    assert (line["quantity"], line["amount"]) == ("744", "76.8")
    (known,) = town.bill(start="2026-01-16", end="2026-01-17")["bills"]
    assert [(x["amount"], x["assumed"]) for x in known["lines"]] == [("4.8", False)]


def test_what_a_source_says_counts_at_once_and_after_a_restart(town: Town) -> None:
    """A dynamic price that was corrected changes what the day has cost."""
    books = {Fluid.ELECTRICITY: book(extras=Extras(), source="sensor.spot")}
    asked = CostQuery.from_request({"date": "2026-01-20"}, PARIS)

    def new_billing() -> Billing:
        money = BillingSettings(currency="EUR", books=books)
        return Billing(money, PARIS, lambda: town.asked["metered"])

    def cost(billing: Billing) -> str:
        billing.catch_up(lambda _: None)
        return str(billing.get_costs(asked, FEBRUARY_5).as_dict()["cost_total"])

    billing = new_billing()
    assert cost(billing) == "4.8"  # 24 kWh at the tariff's own 0.20
    noon = local_midnight(date(2026, 1, 20), PARIS) + 12 * HOUR
    said = {0: "0.30", 12: "-0.10", 24: "0.20"}
    rows = [
        SourcePrice(noon + (n - 12) * HOUR, Decimal(price)) for n, price in said.items()
    ]
    billing.add_prices("sensor.spot", rows)
    assert cost(billing) == "2.4"  # 12 kWh at 0.30 and 12 at -0.10
    billing.add_prices("sensor.spot", [SourcePrice(noon, Decimal(0))])
    assert cost(billing) == "3.6"
    again = new_billing()
    again.load_prices()
    assert cost(again) == "3.6"


def test_a_frozen_bill_stays_as_it_was_billed(town: Town) -> None:
    (before,) = town.bill()["bills"]
    town.freeze()
    (frozen,) = town.bill()["bills"]
    assert frozen == before | {
        "status": "frozen",
        "frozen": {
            "frozen_at": "2026-02-05T13:00:00+01:00",
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
        },
    }
    # A price that counts since ever does not count for what was billed ...
    plan = book("0.90", Extras()).current
    town.books[Fluid.ELECTRICITY] = town.books[Fluid.ELECTRICITY].revised(plan, None)
    assert town.bill()["bills"] == [frozen]
    # ... and a corrected sample shows beside what was billed, not in its place.
    town.archive.write_history([sample("2026-01-10T10:00", 11 * KWH, length=HOUR)])
    answer = town.bill()
    (bill,) = answer["bills"]
    assert bill["differs"]
    assert (bill["total"], answer["total"]) == ("202.368", "202.368")
    assert bill["as_billed"]["total"] == "202.368"
    assert bill["as_billed"]["lines"] == before["lines"]
    assert bill["now"]["total"] == "204.888"  # 10 kWh at 0.21 and 20 %
    assert bill["now"]["energy_total"] == 754_000
    assert answer["frozen"] == [
        {
            "fluid": "electricity",
            "first_day": "2026-01-01",
            "last_day": "2026-01-31",
        }
    ]


def test_a_tariff_with_a_new_name_costs_the_same(town: Town) -> None:
    town.freeze()
    plan = town.books[Fluid.ELECTRICITY].current
    renamed = replace(plan, tariffs=(replace(plan.tariffs[0], name="New"),))
    town.books[Fluid.ELECTRICITY] = town.books[Fluid.ELECTRICITY].revised(renamed, None)
    (bill,) = town.bill()["bills"]
    assert not bill["differs"]
    assert bill["lines"][0]["name"] == "Base"


def test_what_was_frozen_can_be_opened_again(town: Town) -> None:
    before = town.bill()
    town.freeze()
    frozen = town.books[Fluid.ELECTRICITY].frozen
    assert frozen == (
        FrozenPeriod(first_day=date(2026, 1, 1), last_day=date(2026, 1, 31)),
    )
    town.freeze()  # once more changes nothing
    assert town.books[Fluid.ELECTRICITY].frozen == frozen
    town.unfreeze()
    assert town.books[Fluid.ELECTRICITY].frozen == ()
    assert town.bill() == before
    with pytest.raises(ConfigurationError) as caught:
        town.unfreeze()
    assert caught.value.key == "bill_not_frozen"


def refused(
    town: Town, now: datetime = FEBRUARY_5, **request: object
) -> tuple[str, str]:
    with pytest.raises(ConfigurationError) as caught:
        town.freeze(now, **request)
    assert town.archive.bills() == []
    return caught.value.key, caught.value.field


def test_only_what_is_over_can_be_frozen(town: Town) -> None:
    assert refused(town, utc("2026-01-31T22:59"), **JANUARY) == ("bill_running", "date")
    town.freeze(utc("2026-01-31T23:00"), **JANUARY)  # midnight in Paris


def test_frozen_bills_do_not_overlap(town: Town) -> None:
    town.freeze()
    kept = town.archive.bills()
    with pytest.raises(ConfigurationError) as caught:
        town.freeze(start="2026-01-20", end="2026-02-03")
    assert (caught.value.key, caught.value.field) == ("bill_overlaps", "start")
    assert town.archive.bills() == kept


def test_there_is_nothing_to_freeze_without_tariffs(town: Town) -> None:
    town.books = {}
    assert refused(town) == ("bill_without_tariffs", "fluid")


@pytest.mark.parametrize(
    ("request_", "field", "key"),
    [
        ({"fluid": "steam"}, "fluid", "option_unknown"),
        ({"fluid": ["water", "gas_kwh"]}, "fluid", "option_unknown"),
        ({"period": "year"}, "period", "option_unknown"),
        ({"period": "custom"}, "start", "span_missing"),
        ({"start": "2026-01-01"}, "end", "span_missing"),
        ({"end": "2026-01-01"}, "start", "span_missing"),
        (
            {"period": "month", "start": "2026-01-01", "end": "2026-01-02"},
            "start",
            "span_not_custom",
        ),
        ({"start": "2026-01-02", "end": "2026-01-01"}, "end", "end_not_after_start"),
        (
            {"start": "2026-01-01T00:00", "end": "2026-01-01T00:00"},
            "end",
            "end_not_after_start",
        ),
        (
            {"start": "2026-01-01T00:00", "end": "2026-01-02T06:00"},
            "end",
            "bill_not_whole_days",
        ),
        ({"start": "2020-01-01", "end": "2026-01-01"}, "end", "bill_too_long"),
        ({"date": "soon"}, "date", "date_invalid"),
        ({"date": "1066-10-14"}, "date", "year_out_of_range"),
    ],
)
def test_wrong_questions_are_refused_at_the_field(
    request_: Mapping[str, object], field: str, key: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        BillQuery.from_request(request_, PARIS)
    assert (caught.value.field, caught.value.key) == (field, key)


def test_a_span_of_instants_ends_at_its_end(town: Town) -> None:
    by_days = town.bill(start="2026-01-01", end="2026-01-10")
    by_instants = town.bill(
        start="2026-01-01T00:00:00+01:00", end="2026-01-10T23:00:00+00:00"
    )
    assert by_days == by_instants
    assert by_days["bills"][0]["energy_total"] == 240_000


@pytest.mark.parametrize(
    ("request_", "extras"),
    [
        # The bill of January; by whatever it is split, it is the whole site's.
        ({}, ("0", "12.4", "41.168", "202.368")),
        ({"by": "tariff"}, ("0", "12.4", "41.168", "202.368")),
        # A day of it: a 31st of the fee; 24 kWh at 0.21, 20 % on 5.44.
        ({"period": "day"}, ("0", "0.4", "1.328", "6.528")),
        # Fees, levies and taxes are nobody's in particular.
        ({"level": "load", "ids": [1]}, ("0", "0", "0", "0")),
        ({"group": 1}, ("0", "0", "0", "0")),
        ({"level": "device", "ids": [1]}, ("0", "0", "0", "148.8")),
        ({"by": "tariff", "tariffs": [1]}, ("0", "0", "0", "148.8")),
    ],
)
def test_get_costs_has_fixed_costs_and_taxes_of_a_whole_site(
    town: Town, request_: Mapping[str, object], extras: tuple[str, ...]
) -> None:
    money = BillingSettings(currency="EUR", books=town.books)
    billing = Billing(money, PARIS, lambda: town.asked["metered"])
    asked = {"period": "month", **JANUARY, **request_}
    costs = billing.get_costs(CostQuery.from_request(asked, PARIS), FEBRUARY_5)
    told = costs.as_dict()
    keys = ("surcharges", "fixed_costs", "taxes", "total_with_extras")
    assert tuple(told[key] for key in keys) == extras


@pytest.mark.parametrize(
    ("after", "difference"),
    [
        # 10 more for January and 20 % of it.
        (replace(EXTRAS, fees=(replace(FEE, prices=once("22.4")),)), "12"),
        # Without anything beside: 12.4, 7.44 and 33.728 less.
        (Extras(), "-53.568"),
        (EXTRAS, "0"),
    ],
)
def test_a_change_says_what_is_paid_beside_the_energy(
    town: Town, after: Extras, difference: str
) -> None:
    money = BillingSettings(currency="EUR", books=town.books)
    billing = Billing(money, PARIS, lambda: town.asked["metered"])
    found = billing.difference(book(extras=after)).as_dict()
    assert found["cost"] == difference
    assert found.get("extras", "0") == difference


def test_a_change_of_a_price_changes_its_taxes(town: Town) -> None:
    """744 kWh at 0.10 more are 74.4, and 20 % of it."""
    money = BillingSettings(currency="EUR", books=town.books)
    billing = Billing(money, PARIS, lambda: town.asked["metered"])
    found = billing.difference(book("0.30")).as_dict()
    assert found == {"energy": 0, "cost": "89.28", "extras": "14.88"}


@given(rules=plans(), first=st.integers(1, 31), length=st.integers(0, 20))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_energy_of_a_bill_costs_what_get_costs_says(
    town: Town, rules: TariffPlan, first: int, length: int
) -> None:
    """For any rules: in all and by tariff, to the last digit."""
    town.books = {Fluid.ELECTRICITY: TariffBook.of(rules)}
    start = date(2026, 1, first)
    days = {"start": f"{start}", "end": f"{start + timedelta(days=length)}"}
    (bill,) = town.bill(**days)["bills"]
    money = BillingSettings(currency="EUR", books=town.books)
    billing = Billing(money, PARIS, lambda: town.asked["metered"])
    asked = {"period": "custom", "by": "tariff", **days}
    costs = billing.get_costs(CostQuery.from_request(asked, PARIS), FEBRUARY_5)
    told: Any = costs.as_dict()
    total = told["cost_total"] or "0"
    assert (bill["total"], bill["energy_cost"]) == (total, total)
    by_tariff: dict[int, Fraction] = {}
    for line in bill["lines"]:
        number = line["tariff"] or 0
        amount = Fraction(line["amount"])
        by_tariff[number] = by_tariff.get(number, Fraction(0)) + amount
    assert by_tariff == {
        one["id"]: Fraction(one["cost_total"])
        for one in told["series"]
        if one["energy_total"]
    }


@given(rules=plans(), first=st.integers(3, 22), length=st.integers(0, 9))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_sub_meters_stand_for_themselves_while_their_main_meter_was_away(
    partly: Town, rules: TariffPlan, first: int, length: int
) -> None:
    """A bill says what get_costs does, whose sums go from meter to meter."""
    partly.books = {Fluid.ELECTRICITY: TariffBook.of(rules)}
    start = date(2026, 1, first)
    days = {"start": f"{start}", "end": f"{start + timedelta(days=length)}"}
    (bill,) = partly.bill(**days)["bills"]
    money = BillingSettings(currency="EUR", books=partly.books)
    billing = Billing(money, PARIS, lambda: partly.asked["metered"])
    query = CostQuery.from_request({"period": "custom", **days}, PARIS)
    told = billing.get_costs(query, FEBRUARY_5).as_dict()
    assert bill["energy_total"] == (told["energy_total"] or 0)
    assert bill["energy_cost"] == (told["cost_total"] or "0")


@pytest.fixture(name="partly")
def partly_fixture(tmp_path: Path) -> Iterator[Town]:
    """The main meter is there from 5 January, 07:20, to the 20th, 18:50."""
    archive = Archive(tmp_path / "partly.db", PARIS)
    archive.open()
    archive.write_history(hours("2026-01-01", "2026-01-31", device=2))
    at, end = utc("2026-01-05T06:20"), utc("2026-01-20T17:50")
    ten_minutes = timedelta(minutes=10)
    count = (end - at) // ten_minutes
    archive.write_history(
        sample(at + n * ten_minutes, 300_007, length=ten_minutes) for n in range(count)
    )
    yield Town(archive)
    archive.close()


def test_parts_of_a_day_add_up_to_its_bill(town: Town) -> None:
    midnight = local_midnight(date(2026, 1, 10), PARIS)
    edges = [midnight, midnight + 7 * HOUR / 6, midnight + 24 * HOUR]
    parts = [
        site_bill(Fluid.ELECTRICITY, Span(*pair), now=FEBRUARY_5, **town.asked)
        for pair in ((edges[0], edges[1]), (edges[1], edges[2]))
    ]
    whole = town.bill(start="2026-01-10", end="2026-01-10")["bills"][0]
    assert str(sum(part.total for part in parts).normalize()) == whole["total"]
