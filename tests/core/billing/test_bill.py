"""What a bill comes to, worked by hand: prices, shares of months, tiers, taxes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.billing.bill import Bill, bill_of
from custom_components.legrand_ews.ews.billing.bill_lines import LineKind
from custom_components.legrand_ews.ews.billing.bill_piece import (
    DaysUse,
    Peak,
    TariffUse,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    Basis,
    CapacityPrice,
    Extras,
    Fee,
    Levy,
    Per,
    Price,
    Tariff,
    TariffPlan,
    Tax,
    Tier,
)
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

BERLIN = ZoneInfo("Europe/Berlin")
ONE_DAY = timedelta(days=1)
PRICE = Decimal("0.30")
UNIT_MILLI = 1_000_000


def cost_of(milli: int, price: Decimal) -> Decimal:
    return Decimal(milli) * price / UNIT_MILLI


def day_of(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def prices(*rows: tuple[str | None, str]) -> tuple[Price, ...]:
    return tuple(
        Price(valid_from=None if day is None else day_of(day), amount=Decimal(amount))
        for day, amount in rows
    )


def once(amount: str) -> tuple[Price, ...]:
    return prices((None, amount))


def book(extras: Extras, fluid: Fluid = Fluid.ELECTRICITY) -> TariffBook:
    tariff = Tariff(id=1, name="Base", color="#112233", prices=once("0.30"))
    return TariffBook.of(TariffPlan(fluid=fluid, tariffs=(tariff,), extras=extras))


def used(day: date, milli: int, span: Span | None = None) -> DaysUse:
    start, end = (local_midnight(x, BERLIN) for x in (day, day + ONE_DAY))
    use = TariffUse(
        tariff_id=1, amount_milli=milli, price=PRICE, cost=cost_of(milli, PRICE)
    )
    span = span or Span(start, end)
    return DaysUse(first_day=day, last_day=day, span=span, uses=(use,))


def month_of_use(
    first: str, last: str, kwh: Mapping[str, int] | None = None
) -> list[DaysUse]:
    """Every day from one to another, with what was used on some of them."""
    begin, end = day_of(first), day_of(last)
    amounts = {day_of(text): n * UNIT_MILLI for text, n in (kwh or {}).items()}
    days = [begin + n * ONE_DAY for n in range((end - begin).days + 1)]
    return [used(day, amounts.get(day, 0)) for day in days]


def billed(
    extras: Extras,
    days: Sequence[DaysUse],
    first: str | None = None,
    last: str | None = None,
    peaks: Mapping[date, Peak] | None = None,
) -> Bill:
    start = days[0].span.start
    if first is not None:
        start = local_midnight(day_of(first), BERLIN)
    end = days[-1].span.end
    if last is not None:
        end = local_midnight(day_of(last) + ONE_DAY, BERLIN)
    return bill_of(book(extras), Span(start, end), days, peaks or {}, BERLIN)


def amounts(bill: Bill, *kinds: LineKind) -> list[tuple[str | None, str, str]]:
    """Name, quantity and amount of the lines of some kinds."""
    return [
        (line.name, f"{line.quantity:f}", f"{line.amount.normalize():f}")
        for line in bill.lines
        if line.kind in kinds
    ]


def monthly(*rows: tuple[str | None, str]) -> Extras:
    return Extras(fees=(Fee(name="Fee", per=Per.MONTH, prices=prices(*rows)),))


def daily(*rows: tuple[str | None, str]) -> Extras:
    return Extras(fees=(Fee(name="Fee", per=Per.DAY, prices=prices(*rows)),))


@pytest.mark.parametrize(
    ("extras", "first", "last", "expected"),
    [
        (monthly((None, "12.5")), "01-01", "01-31", "12.5"),
        (monthly((None, "12.5")), "02-01", "02-28", "12.5"),
        (monthly((None, "12.4")), "01-01", "01-10", "4"),  # 10 of 31 days
        (monthly((None, "12.4")), "01-11", "01-31", "8.4"),
        # A third is cut at the twelfth decimal, and the rest makes up for it.
        (monthly((None, "10")), "04-01", "04-10", "3.333333333333"),
        (monthly((None, "10")), "04-11", "04-30", "6.666666666667"),
        (monthly((None, "10")), "01-01", "03-31", "30"),
        # Half of April at 12 and half at 15.
        (monthly((None, "12"), ("04-16", "15")), "04-01", "04-30", "13.5"),
        # It did not exist before its date.
        (monthly(("04-16", "15")), "04-01", "04-30", "7.5"),
        (monthly(("04-16", "15")), "04-01", "04-15", "0"),
        (daily((None, "0.05")), "01-01", "01-31", "1.55"),
        (daily((None, "0.05")), "02-01", "02-28", "1.4"),
        (daily((None, "0.05"), ("04-16", "0.07")), "04-01", "04-30", "1.8"),
        # The clock is changed on 29 March and 25 October: a day is a day.
        (daily((None, "0.05")), "03-29", "03-29", "0.05"),
        (daily((None, "0.05")), "10-25", "10-25", "0.05"),
        (monthly((None, "3.1")), "03-29", "03-29", "0.1"),
        (monthly((None, "3.1")), "10-25", "10-25", "0.1"),
    ],
)
def test_fees_are_shared_by_days(
    extras: Extras, first: str, last: str, expected: str
) -> None:
    bill = billed(extras, month_of_use(first, last))
    assert bill.fixed_costs == Decimal(expected)
    assert bill.total == Decimal(expected)


@pytest.mark.parametrize(
    ("day", "hours_until_noon", "hours"),
    [("03-28", 12, 24), ("03-29", 11, 23), ("10-25", 13, 25)],
)
def test_a_part_of_a_day_is_shared_by_its_real_time(
    day: str, hours_until_noon: int, hours: int
) -> None:
    """A fee of a cent an hour of that day."""
    whole = used(day_of(day), 0).span
    noon = datetime.combine(day_of(day), datetime.min.time(), BERLIN).replace(hour=12)
    noon = noon.astimezone(UTC)
    fee = daily((None, f"{Decimal(hours) / 100}"))
    morning = billed(fee, [used(day_of(day), 0, Span(whole.start, noon))])
    evening = billed(fee, [used(day_of(day), 0, Span(noon, whole.end))])
    assert morning.fixed_costs == Decimal(hours_until_noon) / 100
    assert evening.fixed_costs == Decimal(hours - hours_until_noon) / 100


def test_a_monthly_fee_says_how_much_of_a_month_was_billed() -> None:
    bill = billed(monthly((None, "12.4")), month_of_use("01-01", "01-31"))
    assert amounts(bill, LineKind.FEE) == [("Fee", "1.000000000000", "12.4")]
    change = monthly((None, "12"), ("04-16", "15"))
    halves = billed(change, month_of_use("04-01", "04-30"))
    assert [
        (line.first_day, line.last_day, line.price, line.quantity, line.amount)
        for line in halves.lines
        if line.kind is LineKind.FEE
    ] == [
        (day_of("04-01"), day_of("04-15"), 12, Decimal("0.5"), 6),
        (day_of("04-16"), day_of("04-30"), 15, Decimal("0.5"), Decimal("7.5")),
    ]


def test_the_billing_month_decides_how_long_a_month_is() -> None:
    """From 15 February to 14 March 2026 there are 28 days."""
    extras = Extras(fees=monthly((None, "28")).fees, billing_day=15)
    bill = billed(extras, month_of_use("02-15", "03-14"), "03-01", "03-14")
    assert bill.fixed_costs == 14


TIERS = (
    Tier(name="Low", above=Decimal(0), prices=once("-0.02")),
    Tier(name="High", above=Decimal(500), prices=once("0.05")),
    Tier(name="Top", above=Decimal(800), prices=prices(("05-20", "0.50"))),
)
MAY = {"05-01": 300, "05-02": 300, "05-19": 300, "05-21": 50}
"""kWh: 500 are reached on the 2nd, 800 on the 19th, before *Top* has a price."""


@pytest.mark.parametrize(
    ("billing_day", "first", "last", "expected"),
    [
        (
            1,
            "05-01",
            "05-31",
            [("Low", "500", "-10"), ("High", "300", "15"), ("Top", "50", "25")],
        ),
        (1, "05-01", "05-01", [("Low", "300", "-6")]),
        # A bill that begins later knows what was used before it in the month.
        (1, "05-02", "05-02", [("Low", "200", "-4"), ("High", "100", "5")]),
        (1, "05-19", "05-31", [("High", "200", "10"), ("Top", "50", "25")]),
        # Billing months of which one ends on the 14th: 350 kWh in the second.
        (
            15,
            "05-01",
            "05-31",
            [("Low", "850", "-17"), ("High", "100", "5")],
        ),
    ],
)
def test_tiers_are_reached_within_a_billing_month(
    billing_day: int, first: str, last: str, expected: list[tuple[str, str, str]]
) -> None:
    extras = Extras(tiers=TIERS, billing_day=billing_day)
    bill = billed(extras, month_of_use("05-01", "05-31", MAY), first, last)
    assert amounts(bill, LineKind.TIER) == expected
    assert bill.energy_cost + bill.surcharges == bill.total


CAPACITY = CapacityPrice(name="Capacity", prices=once("3.10"))
PEAK = Peak(Decimal("6.4"), datetime(2026, 1, 12, 17, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("minimum", "peak", "last", "expected"),
    [
        ("0", PEAK, "01-31", "19.84"),  # 6.4 kW at 3.10
        ("2.5", PEAK, "01-31", "19.84"),
        ("8", PEAK, "01-31", "24.8"),
        ("8", None, "01-31", "24.8"),
        ("0", None, "01-31", "0"),
        ("0", PEAK, "01-10", "6.4"),  # 10 of 31 days
    ],
)
def test_capacity_is_billed_by_the_peak_of_the_month(
    minimum: str, peak: Peak | None, last: str, expected: str
) -> None:
    capacity = CapacityPrice(
        name="Capacity", prices=CAPACITY.prices, minimum=Decimal(minimum)
    )
    peaks = {} if peak is None else {day_of("01-01"): peak}
    days = month_of_use("01-01", "01-31")
    bill = billed(Extras(capacity=capacity), days, "01-01", last, peaks)
    assert bill.fixed_costs == Decimal(expected)


def test_each_month_has_a_peak_of_its_own() -> None:
    peaks = {
        day_of("01-01"): PEAK,
        day_of("02-01"): Peak(Decimal(2), datetime(2026, 2, 1, tzinfo=UTC)),
    }
    days = month_of_use("01-01", "02-28")
    bill = billed(Extras(capacity=CAPACITY), days, peaks=peaks)
    assert [(line.peak, line.quantity, line.amount) for line in bill.lines[1:]] == [
        (Decimal("6.4"), Decimal("6.4"), Decimal("19.84")),
        (Decimal(2), Decimal(2), Decimal("6.2")),
    ]


def tax(name: str, percent: str, basis: Basis, *, on_taxes: bool = True) -> Tax:
    return Tax(name=name, percents=once(percent), basis=basis, is_on_taxes=on_taxes)


CTA = tax("CTA", "20", Basis.FEES)
VAT = tax("VAT", "10", Basis.ALL)


@pytest.mark.parametrize(
    ("taxes", "expected"),
    [
        # Energy 30, tiers 5, levy 10, fee 20: 65 in all.
        ([VAT], ["6.5"]),
        ([CTA], ["4"]),
        ([tax("Duty", "20", Basis.ENERGY)], ["9"]),
        ([CTA, VAT], ["4", "6.9"]),  # VAT on CTA too
        ([VAT, CTA], ["6.5", "4"]),
        ([CTA, tax("VAT", "10", Basis.ALL, on_taxes=False)], ["4", "6.5"]),
        ([tax("Duty", "20", Basis.ENERGY), CTA], ["9", "4"]),
        ([tax("Duty", "20", Basis.ENERGY), CTA, VAT], ["9", "4", "7.8"]),
        ([VAT, tax("More", "10", Basis.ALL)], ["6.5", "7.15"]),
        ([CTA, tax("More", "10", Basis.FEES)], ["4", "2.4"]),
        ([tax("Help", "-100", Basis.ALL)], ["-65"]),
    ],
)
def test_taxes_fall_on_their_basis_in_order(
    taxes: list[Tax], expected: list[str]
) -> None:
    extras = Extras(
        fees=monthly((None, "20")).fees,
        levies=(Levy(name="Excise", prices=once("0.1")),),
        tiers=(Tier(name="All", above=Decimal(0), prices=once("0.05")),),
        taxes=tuple(taxes),
    )
    bill = billed(extras, month_of_use("01-01", "01-31", {"01-07": 100}))
    assert (bill.energy_cost, bill.surcharges) == (30, 5)
    assert (bill.levies, bill.fixed_costs) == (10, 20)
    found = [line.amount for line in bill.lines if line.kind is LineKind.TAX]
    assert found == [Decimal(amount) for amount in expected]
    assert bill.total == 65 + sum(found)


def test_a_tax_that_changes_counts_by_day() -> None:
    """7 % until the 15th on 10 kWh, 19 % from the 16th on 10 kWh, of 3 each."""
    extras = Extras(
        taxes=(Tax(name="VAT", percents=prices((None, "7"), ("04-16", "19"))),)
    )
    days = month_of_use("04-01", "04-30", {"04-15": 10, "04-16": 10})
    bill = billed(extras, days)
    lines = [
        (line.price, line.base, line.amount, line.first_day, line.last_day)
        for line in bill.lines
        if line.kind is LineKind.TAX
    ]
    assert lines == [
        (7, 3, Decimal("0.21"), day_of("04-01"), day_of("04-15")),
        (19, 3, Decimal("0.57"), day_of("04-16"), day_of("04-30")),
    ]


def test_a_levy_of_water_is_per_cubic_metre() -> None:
    extras = Extras(levies=(Levy(name="Sewage", prices=once("2")),))
    days = [used(day_of("01-01"), 1_500_000)]
    bill = bill_of(book(extras, Fluid.WATER), days[0].span, days, {}, BERLIN)
    (levy,) = [line for line in bill.lines if line.kind is LineKind.LEVY]
    assert (levy.quantity, levy.unit, levy.amount) == (Decimal("1.5"), "m³", 3)


def test_energy_is_listed_by_tariff_and_price() -> None:
    """Dynamic tariffs have no one price; what no rule prices is listed apart."""
    uses = (
        TariffUse(tariff_id=1, amount_milli=UNIT_MILLI, cost=PRICE, price=PRICE),
        TariffUse(
            tariff_id=2, amount_milli=500_000, cost=Decimal("-0.02"), is_assumed=True
        ),
        TariffUse(tariff_id=None, amount_milli=7, cost=Decimal(0), price=Decimal(0)),
    )
    spot = Tariff(
        id=2, name="Spot", color="#000000", prices=(), price_source="sensor.spot"
    )
    plan = book(Extras()).current
    both = TariffBook.of(TariffPlan(fluid=plan.fluid, tariffs=(*plan.tariffs, spot)))
    base = month_of_use("01-01", "01-02")
    days = [replace(x, uses=uses) for x in base]
    bill = bill_of(both, Span(base[0].span.start, base[1].span.end), days, {}, BERLIN)
    assert [
        (x.name, x.tariff_id, x.quantity, x.price, x.amount, x.is_assumed)
        for x in bill.lines
    ] == [
        ("Base", 1, 2, PRICE, Decimal("0.60"), False),
        ("Spot", 2, 1, None, Decimal("-0.04"), True),
        (None, None, Decimal("0.000014"), 0, 0, False),
    ]
    assert bill.total == Decimal("0.56")


def test_what_was_billed_before_a_change_of_plan_keeps_its_fees() -> None:
    old = book(monthly((None, "30")))
    changed = old.revised(book(monthly((None, "60"))).current, day_of("04-16"))
    days = month_of_use("04-01", "04-30")
    span = Span(days[0].span.start, days[-1].span.end)
    assert bill_of(changed, span, days, {}, BERLIN).fixed_costs == 45


def exactly(amounts: Iterable[Decimal]) -> Fraction:
    return sum((Fraction(amount) for amount in amounts), Fraction(0))


_AMOUNTS = st.decimals("-3", "3", places=5)
_DAYS = st.dates(date(2026, 1, 1), date(2026, 5, 31))


@st.composite
def dated(draw: st.DrawFn, amounts: st.SearchStrategy[Decimal]) -> tuple[Price, ...]:
    days: Iterable[date] = sorted(draw(st.sets(_DAYS, max_size=2)))
    return (
        Price(amount=draw(amounts)),
        *(Price(valid_from=day, amount=draw(amounts)) for day in days),
    )


@st.composite
def any_extras(draw: st.DrawFn) -> Extras:
    above = sorted(draw(st.sets(st.decimals(0, 400, places=3), max_size=3)))
    return Extras(
        fees=tuple(
            Fee(name=per, per=per, prices=draw(dated(_AMOUNTS)))
            for per in draw(st.lists(st.sampled_from(Per), max_size=2, unique=True))
        ),
        levies=(Levy(name="Levy", prices=draw(dated(_AMOUNTS))),),
        tiers=tuple(
            Tier(name=f"{x}", above=x, prices=draw(dated(_AMOUNTS))) for x in above
        ),
        capacity=CapacityPrice(
            name="Peak", minimum=Decimal(1), prices=draw(dated(_AMOUNTS))
        ),
        taxes=tuple(
            Tax(
                name=f"Tax {n}",
                basis=draw(st.sampled_from(Basis)),
                is_on_taxes=draw(st.booleans()),
                percents=draw(dated(_AMOUNTS)),
            )
            for n in range(draw(st.integers(0, 3)))
        ),
        billing_day=draw(st.integers(1, 28)),
    )


@given(
    extras=any_extras(),
    uses=st.lists(st.integers(0, 40 * UNIT_MILLI), min_size=151, max_size=151),
    cuts=st.sets(st.integers(31, 150), max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_bills_of_parts_add_up_to_the_bill_of_the_whole(
    extras: Extras, uses: list[int], cuts: set[int]
) -> None:
    """To the last digit, wherever the bills are cut, line by line."""
    first = date(2026, 1, 1)
    days = [used(first + n * ONE_DAY, milli) for n, milli in enumerate(uses)]
    peaks = {
        month: Peak(Decimal(day.first_day.day), day.span.start)
        for day in days
        if (month := extras.month_of(day.first_day)[0])
    }
    priced = book(extras)
    edges = [days[n].span.start for n in sorted({31, *cuts})] + [days[-1].span.end]
    whole = bill_of(priced, Span(edges[0], edges[-1]), days, peaks, BERLIN)
    parts = [
        bill_of(priced, Span(*pair), days, peaks, BERLIN) for pair in pairwise(edges)
    ]
    for kind in LineKind:
        assert exactly(part.sum_of(kind) for part in parts) == whole.sum_of(kind)
    assert exactly(line.amount for line in whole.lines) == whole.total
    assert whole.energy_cost == cost_of(sum(uses[31:]), PRICE)


def joined(days: Sequence[DaysUse], priced: TariffBook) -> Iterator[DaysUse]:
    """The same days in pieces as long as what is paid allows."""
    changes = priced.days_of_change(days[0].first_day, days[-1].last_day)
    starts = [days[0].first_day, *changes, days[-1].last_day + ONE_DAY]
    for first, after in pairwise(starts):
        inside = [day for day in days if first <= day.first_day < after]
        milli = sum(day.uses[0].amount_milli for day in inside)
        span = Span(inside[0].span.start, inside[-1].span.end)
        yield replace(used(first, milli, span), last_day=inside[-1].last_day)


@given(
    extras=any_extras(),
    uses=st.lists(st.integers(0, 40 * UNIT_MILLI), min_size=151, max_size=151),
    first=st.integers(0, 150),
    hours=st.tuples(st.integers(0, 11), st.integers(12, 24)),
)
@settings(max_examples=40, deadline=None)
def test_days_that_are_billed_together_come_to_the_same(
    extras: Extras, uses: list[int], first: int, hours: tuple[int, int]
) -> None:
    """Line by line, also where the bill begins and ends within days."""
    begin = date(2026, 1, 1)
    days = [used(begin + n * ONE_DAY, milli) for n, milli in enumerate(uses)]
    cut = Span(
        days[first].span.start + timedelta(hours=hours[0]),
        days[-1].span.end - timedelta(hours=24 - hours[1]),
    )
    whole = days[first:]
    whole[0] = replace(whole[0], span=Span(cut.start, whole[0].span.end))
    whole[-1] = replace(whole[-1], span=Span(whole[-1].span.start, cut.end))
    before, priced = days[:first], book(extras)
    peaks = {
        month: Peak(Decimal(day.first_day.day), day.span.start)
        for day in days
        if (month := extras.month_of(day.first_day)[0])
    }
    by_day = bill_of(priced, cut, [*before, *whole], peaks, BERLIN)
    pieces = [*(joined(before, priced) if before else ()), *joined(whole, priced)]
    together = bill_of(priced, cut, pieces, peaks, BERLIN)
    assert essence(together) == essence(by_day)
    assert (together.first_day, together.last_day) == (
        by_day.first_day,
        by_day.last_day,
    )


def essence(bill: Bill) -> dict[tuple[object, ...], tuple[object, ...]]:
    """What every line comes to."""
    return {
        (line.kind, line.name, line.price, line.peak_at): (
            line.amount,
            line.quantity,
            line.base,
        )
        for line in bill.lines
        if line.quantity or line.kind is LineKind.TAX
    }


@given(dated(_AMOUNTS), st.integers(1, 28))
@settings(max_examples=40, deadline=None)
def test_a_whole_billing_month_costs_its_fee(
    rates: tuple[Price, ...], billing_day: int
) -> None:
    extras = Extras(
        fees=(Fee(name="Fee", per=Per.MONTH, prices=rates[:1]),),
        billing_day=billing_day,
    )
    first, last = extras.month_of(date(2026, 3, 10))
    days = [used(first + n * ONE_DAY, 0) for n in range((last - first).days + 1)]
    assert billed(extras, days).total == rates[0].amount
