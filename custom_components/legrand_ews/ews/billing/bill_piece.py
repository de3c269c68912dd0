"""What some civil days at the same rates, or a part of them, add to a bill."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from ..tariffs import Basis, Extras, Per, rate_on
from ..tariffs.book import TariffBook
from ..tariffs.price import MILLI_PER_PRICED_UNIT
from ..timegrid import Span, local_midnight
from .bill_lines import EXACT, BillLine, LineKind

SHARE_DECIMALS: Final = 12
"""Decimals at which shares of a month are cut."""
_PERCENT: Final = Decimal("0.01")
_NOTHING: Final = Decimal(0)
_SECOND: Final = timedelta(seconds=1)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffUse:
    """What flowed under a tariff, in thousandths of Wh or dm³, and its exact cost.

    ``price`` is None where there were many: a dynamic tariff.
    """

    tariff_id: int | None
    amount_milli: int
    cost: Decimal
    price: Decimal | None = None
    is_assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysUse:
    """What a site used in some civil days of a billing month, or in a part of them.

    Every plan, price and rate holds on all of them (see `TariffBook.days_of_change`).
    """

    first_day: date
    last_day: date
    span: Span
    uses: tuple[TariffUse, ...]

    @property
    def units(self) -> Decimal:
        """The amount in kWh or m³."""
        return _units(sum(use.amount_milli for use in self.uses))


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest average power of a billing month in kW (or m³/h), and its start."""

    power: Decimal
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some days or a part of them, with all that their lines depend on."""

    use: DaysUse
    unit: str
    power_unit: str
    extras: Extras
    month: tuple[date, date]
    zone: ZoneInfo
    reached: tuple[Decimal, Decimal]
    peak: Peak | None

    def lines(self, book: TariffBook) -> Iterator[BillLine]:
        """Yield what this piece adds to a bill, taxes last."""
        energy = [*self._energy(book), *self._tiers(), *self._levies()]
        fees = [*self._fees(), *self._capacity()]
        yield from energy
        yield from fees
        yield from self._taxes(_sum(energy), _sum(fees))

    def _line(
        self, kind: LineKind, name: str, quantity: Decimal, price: Decimal
    ) -> BillLine:
        return BillLine(
            kind=kind,
            name=name,
            quantity=quantity,
            unit=self.unit,
            price=price,
            first_day=self.use.first_day,
            last_day=self.use.last_day,
            amount=EXACT.multiply(quantity, price),
        )

    def _energy(self, book: TariffBook) -> Iterator[BillLine]:
        names = {tariff.id: tariff.name for tariff in book.tariffs}
        for use in self.use.uses:
            yield BillLine(
                kind=LineKind.ENERGY,
                name=None if use.tariff_id is None else names.get(use.tariff_id),
                tariff_id=use.tariff_id,
                quantity=_units(use.amount_milli),
                unit=self.unit,
                price=use.price,
                first_day=self.use.first_day,
                last_day=self.use.last_day,
                amount=use.cost,
                is_assumed=use.is_assumed,
            )

    def _tiers(self) -> Iterator[BillLine]:
        tiers = self.extras.tiers
        for place, tier in enumerate(tiers):
            upto = tiers[place + 1].above if place + 1 < len(tiers) else None
            before, after = (_within(x, tier.above, upto) for x in self.reached)
            price = rate_on(tier.prices, self.use.first_day)
            if before != after and price is not None:
                quantity = EXACT.subtract(after, before)
                yield self._line(LineKind.TIER, tier.name, quantity, price)

    def _levies(self) -> Iterator[BillLine]:
        for levy in self.extras.levies:
            price = rate_on(levy.prices, self.use.first_day)
            if price is not None and self.use.units:
                yield self._line(LineKind.LEVY, levy.name, self.use.units, price)

    def _fees(self) -> Iterator[BillLine]:
        for fee in self.extras.fees:
            price = rate_on(fee.prices, self.use.first_day)
            if price is None:
                continue
            shares = self._of_days() if fee.per is Per.DAY else self._of_month()
            yield BillLine(
                kind=LineKind.FEE,
                name=fee.name,
                quantity=_share(Decimal(1), shares),
                unit=fee.per.value,
                price=price,
                first_day=self.use.first_day,
                last_day=self.use.last_day,
                amount=_share(price, shares),
            )

    def _capacity(self) -> Iterator[BillLine]:
        capacity = self.extras.capacity
        if capacity is None:
            return
        price = rate_on(capacity.prices, self.use.first_day)
        if price is None:
            return
        peak = self.peak
        power = max(capacity.minimum, _NOTHING if peak is None else peak.power)
        if not power:
            return
        # What a month costs is shared by days as a monthly fee is.
        shares = self._of_month()
        yield BillLine(
            kind=LineKind.CAPACITY,
            name=capacity.name,
            quantity=_share(power, shares),
            unit=self.power_unit,
            price=price,
            first_day=self.use.first_day,
            last_day=self.use.last_day,
            amount=_share(EXACT.multiply(power, price), shares),
            peak=None if peak is None else peak.power,
            peak_at=None if peak is None else peak.at,
        )

    def _taxes(self, energy: Decimal, fees: Decimal) -> Iterator[BillLine]:
        bases = {
            Basis.ENERGY: energy,
            Basis.FEES: fees,
            Basis.ALL: EXACT.add(energy, fees),
        }
        taxed = dict.fromkeys(Basis, _NOTHING)
        for tax in self.extras.taxes:
            percent = rate_on(tax.percents, self.use.first_day)
            if percent is None:
                continue
            base = bases[tax.basis]
            if tax.is_on_taxes:
                base = EXACT.add(base, taxed[tax.basis])
            amount = EXACT.multiply(EXACT.multiply(base, percent), _PERCENT)
            taxed[tax.basis] = EXACT.add(taxed[tax.basis], amount)
            if tax.basis is not Basis.ALL:
                taxed[Basis.ALL] = EXACT.add(taxed[Basis.ALL], amount)
            yield BillLine(
                kind=LineKind.TAX,
                name=tax.name,
                unit="%",
                price=percent,
                base=base,
                first_day=self.use.first_day,
                last_day=self.use.last_day,
                amount=amount,
            )

    def _of_days(self) -> tuple[Fraction, Fraction]:
        """From where to where this piece is, in days since its first midnight."""
        first, last = self.use.first_day, self.use.last_day
        span = self.use.span
        start = self._of_day(first, span.start)
        return start, (last - first).days + self._of_day(last, span.end)

    def _of_day(self, day: date, at: datetime) -> Fraction:
        """How much of a civil day is over at an instant."""
        midnight = local_midnight(day, self.zone)
        length = local_midnight(day + _ONE_DAY, self.zone) - midnight
        return Fraction((at - midnight) // _SECOND, length // _SECOND)

    def _of_month(self) -> tuple[Fraction, Fraction]:
        """From where to where this piece is of its billing month, day by day."""
        first, last = self.month
        days = (last - first).days + 1
        done = (self.use.first_day - first).days
        start, end = self._of_days()
        return (done + start) / days, (done + end) / days


def _units(amount_milli: int) -> Decimal:
    return EXACT.divide(Decimal(amount_milli), Decimal(MILLI_PER_PRICED_UNIT))


def _within(reached: Decimal, above: Decimal, upto: Decimal | None) -> Decimal:
    """How much of an amount lies in a tier."""
    inside = max(reached, above) if upto is None else min(max(reached, above), upto)
    return EXACT.subtract(inside, above)


def _share(amount: Decimal, part: tuple[Fraction, Fraction]) -> Decimal:
    """Return a part of an amount so that all parts add up to it."""
    start, end = (_until(amount, place) for place in part)
    return EXACT.subtract(end, start)


def _until(amount: Decimal, place: Fraction) -> Decimal:
    exponent = amount.as_tuple().exponent
    decimals = max(SHARE_DECIMALS, -exponent if isinstance(exponent, int) else 0)
    scale = Decimal(10) ** -decimals
    whole = Decimal((Fraction(amount) * place * 10**decimals).__floor__())
    return EXACT.multiply(whole, scale)


def _sum(lines: Iterable[BillLine]) -> Decimal:
    total = _NOTHING
    for line in lines:
        total = EXACT.add(total, line.amount)
    return total
