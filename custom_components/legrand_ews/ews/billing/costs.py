"""Costs of a site and its parts over any period, by tariff or in any other series."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..consumption import By, Series
from ..consumption.amounts import Milli
from ..consumption.answer import sum_known
from ..consumption.query import Frame, bucket_of
from ..consumption.scope import Part, devices_to_read
from ..consumption.sharing import Shares, Values
from ..consumption.totals import (
    Inquiry,
    answer_of,
    inquire,
    part_values,
    series_of,
)
from ..errors import ConfigurationError
from ..tariffs.book import TariffBook
from .answer import TARIFF, CostAnswer, Costs, CostSeries
from .books import Books, Metered
from .course import NO_TARIFF
from .ledger import Ledger
from .money import Cost
from .query import CostQuery
from .sources import PiecewiseArchive, TariffSource


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """One of the periods of a query, with what is known of it by tariff."""

    asked: Inquiry
    frame: Frame
    shares: Shares
    ledger: Ledger

    def amounts(self, tariffs: Collection[int] | None) -> Shares:
        """Amounts under some tariffs."""
        return self._shares(tariffs, is_cost=False)

    def costs(self, tariffs: Collection[int] | None) -> Shares:
        """Costs under some tariffs."""
        return self._shares(tariffs, is_cost=True)

    @property
    def tariffs(self) -> set[int]:
        """Tariffs under which anything was counted."""
        return set(self.ledger.split(self.frame.edges))

    def _shares(self, tariffs: Collection[int] | None, *, is_cost: bool) -> Shares:
        source = TariffSource(self.ledger, tariffs, is_cost=is_cost)
        return self.asked.shares_of(source, self.asked.query.fluid, self.frame)


def answer_costs(
    query: CostQuery, *, books: Books, metered: Metered, now: datetime
) -> Costs:
    """Answer ``get_costs`` at the instant ``now``, without fixed costs and taxes.

    Raises ConfigurationError at the field that is wrong, ArchiveError when the
    archive cannot be read.
    """
    fluid = query.consumption.fluid
    book = books.book(fluid)
    chosen = _checked(query.tariffs, book)
    asked_of = query.consumption
    if query.is_by_tariff:
        asked_of = replace(asked_of, by=By.LEVEL)
    asked = inquire(
        asked_of,
        installation=metered.installation,
        directory=metered.directory,
        source=PiecewiseArchive(metered.archive),
        now=now,
    )
    ledger = Ledger(
        metered.archive,
        fluid,
        books.timeline(fluid),
        metered.zone,
        device_ids=devices_to_read(asked.scope, metered.directory),
        gas_factors=metered.installation.gas_factors,
    )
    periods = [
        _Period(asked=asked, frame=frame, shares=shares, ledger=ledger)
        for frame, shares in zip(asked.frames, asked.shares, strict=True)
    ]
    shown = _shown(book, chosen, periods) if query.is_by_tariff else None
    answers = [_answer(period, chosen, shown) for period in periods]
    return Costs(
        fluid=fluid,
        currency=books.currency,
        bucket=bucket_of(asked_of),
        zone=metered.zone,
        asked=answers[0],
        compared=answers[1] if len(answers) > 1 else None,
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """A tariff as it is shown."""

    id: int
    name: str
    color: str | None


def _checked(wanted: Sequence[int] | None, book: TariffBook) -> frozenset[int] | None:
    if wanted is None:
        return None
    known = {tariff.id for tariff in book.tariffs} | {NO_TARIFF}
    for number in wanted:
        if number not in known:
            raise ConfigurationError(
                "unknown_object", field="tariffs", kind=TARIFF, id=number
            )
    return frozenset(wanted)


def _shown(
    book: TariffBook, chosen: frozenset[int] | None, periods: Iterable[_Period]
) -> list[_Label]:
    """Tariffs in the plan's order, then those of former plans that have data (S171)."""
    used = {tariff for period in periods for tariff in period.tariffs}
    current = [tariff.id for tariff in book.current.tariffs]
    others = [t.id for t in book.tariffs if t.id not in current and t.id in used]
    labels = {t.id: _Label(t.id, t.name, t.color) for t in book.tariffs}
    labels[NO_TARIFF] = _Label(NO_TARIFF, "", None)
    order = [*current, *others, *([NO_TARIFF] if NO_TARIFF in used else [])]
    if chosen is not None:
        order = [
            *(number for number in order if number in chosen),
            *sorted(chosen - set(order)),
        ]
    return [labels[number] for number in order]


def _answer(
    period: _Period,
    chosen: frozenset[int] | None,
    shown: Sequence[_Label] | None,
) -> CostAnswer:
    asked, scope = period.asked, period.asked.scope
    amounts = period.shares if chosen is None else period.amounts(chosen)
    costs = period.costs(chosen)
    if shown is not None:
        series = [_of_tariff(period, label) for label in shown]
    else:
        series = list(_of_parts(asked, amounts, costs))
    counted = [member.id for member in scope.counted]
    whole = answer_of(asked, period.frame, period.shares, ())
    return CostAnswer(
        energy=replace(whole, total_milli=amounts.total(scope.among, counted)),
        series=tuple(series),
        cost_total=as_cost(costs.total(scope.among, counted)),
    )


def _of_parts(asked: Inquiry, amounts: Shares, costs: Shares) -> Iterator[CostSeries]:
    for part, series in series_of(asked, amounts):
        values, excess = cost_values(part, amounts, costs)
        yield CostSeries(energy=series, costs=values, excess=excess)


def _of_tariff(period: _Period, label: _Label) -> CostSeries:
    """What all that counts in the total has counted under one tariff."""
    scope = period.asked.scope
    part = Part(
        kind=None,
        id=label.id,
        devices=tuple(member.id for member in scope.counted),
        among=scope.among,
    )
    amounts, costs = period.amounts([label.id]), period.costs([label.id])
    values_milli, excess_milli = part_values(part, amounts)
    values, excess = cost_values(part, amounts, costs)
    energy = Series(
        kind=TARIFF,
        id=label.id,
        name=label.name,
        color=label.color,
        values_milli=values_milli,
        excess_milli=excess_milli,
    )
    return CostSeries(energy=energy, costs=values, excess=excess)


def cost_values(
    part: Part, amounts: Shares, costs: Shares
) -> tuple[tuple[Cost | None, ...], Cost]:
    """Costs of a series, cut off where its amounts are (see `part_values`)."""
    wholes = _summed(costs, part.devices, costs.whole)
    if part.among is None:
        return tuple(as_cost(cost) for cost in wholes), 0
    own_amounts, own_costs = amounts.own(part.among), costs.own(part.among)
    counted = _summed(amounts, part.devices, own_amounts.__getitem__)
    charged = _summed(costs, part.devices, own_costs.__getitem__)
    values: list[Cost | None] = []
    excess = 0
    for whole, amount, cost in zip(wholes, counted, charged, strict=True):
        charge = as_cost(cost) or 0
        if whole is None or (amount or 0) < 0:
            values.append(None if whole is None else 0)
            excess -= charge
        else:
            values.append(charge)
    return tuple(values), excess


def _summed(
    shares: Shares, devices: Sequence[int], values_of: Callable[[int], Values]
) -> Values:
    rows = [values_of(number) for number in devices]
    if not rows:
        return [None] * shares.length
    return [sum_known(column) for column in zip(*rows, strict=True)]


def as_cost(value: Milli | None) -> Cost | None:
    """What stands where an amount would, as money."""
    return None if value is None else int(value)
