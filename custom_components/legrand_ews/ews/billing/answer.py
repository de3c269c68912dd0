"""The answer of ``get_costs`` and its JSON form (interface)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from ..consumption import Answer, Series
from ..consumption.amounts import unit_of
from ..consumption.answer import as_number, instant_text, span_text
from ..quantities import Fluid
from ..timegrid import Bucket
from .bill_lines import EXACT
from .course import NO_TARIFF
from .money import Cost, cost_text, money, money_text

TARIFF: Final = "tariff"
"""Kind of a series: what was counted under a tariff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSeries:
    """One object's or tariff's amounts, and what each costs; None is "no data".

    Where a series is cut off at zero its cost is, too: the costs of an answer's series,
    less their ``excess``, add up to its total.
    """

    energy: Series
    costs: tuple[Cost | None, ...]
    excess: Cost = 0

    @property
    def cost_total(self) -> Cost | None:
        """Sum of what is known, None when nothing is."""
        return sum_of_costs(self.costs)

    @property
    def is_without_tariff(self) -> bool:
        """Whether it is what was counted while no rule was true (Q12)."""
        return self.energy.kind == TARIFF and self.energy.id == NO_TARIFF

    def as_dict(self) -> dict[str, object]:
        """The series as JSON values: Wh or dm³, and money as decimal texts."""
        answer = self.energy.as_dict()
        answer["energy"] = answer.pop("values")
        answer["costs"] = [cost_text(cost) for cost in self.costs]
        answer["energy_total"] = answer.pop("total")
        answer["cost_total"] = cost_text(self.cost_total)
        if "excess" in answer:
            answer["cost_excess"] = cost_text(self.excess)
        if self.is_without_tariff:
            answer["none"] = True
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAnswer:
    """Series over one span; ``energy`` has its edges, its total and what is known."""

    energy: Answer
    series: tuple[CostSeries, ...]
    cost_total: Cost | None

    def as_dict(self, zone: ZoneInfo) -> dict[str, object]:
        """Start, end, buckets, series and totals as JSON values."""
        energy = self.energy
        return {
            **span_text(energy.span, zone),
            "buckets": [instant_text(edge, zone) for edge in energy.edges[:-1]],
            "series": [series.as_dict() for series in self.series],
            "energy_total": as_number(energy.total_milli),
            "cost_total": cost_text(self.cost_total),
            "complete": energy.is_complete,
            "partial": list(energy.partial),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Answer for the period that was asked for, and for the one beside it.

    ``surcharges`` (tiers), ``fixed_costs`` (fees and capacity) and ``taxes`` (and
    levies) of the whole site come on top, in the currency. What was fed in earns money:
    the costs of its fluid are revenue where they are positive.
    """

    fluid: Fluid
    currency: str
    bucket: Bucket
    zone: ZoneInfo
    asked: CostAnswer
    compared: CostAnswer | None = None
    surcharges: Decimal = Decimal(0)
    fixed_costs: Decimal = Decimal(0)
    taxes: Decimal = Decimal(0)

    @property
    def is_revenue(self) -> bool:
        """Whether costs are money that is earned."""
        return self.fluid is Fluid.ELECTRICITY_EXPORT

    @property
    def cost_total(self) -> Decimal | None:
        """What was asked for, in the currency, without fixed costs and taxes."""
        cost = self.asked.cost_total
        return None if cost is None else money(cost)

    @property
    def total_with_extras(self) -> Decimal:
        """Everything that is paid for the time that was asked for."""
        total = self.cost_total or Decimal(0)
        for extra in (self.surcharges, self.fixed_costs, self.taxes):
            total = EXACT.add(total, extra)
        return total

    def as_dict(self) -> dict[str, object]:
        """JSON of ``get_costs``; ``compare`` only when it was asked for."""
        answer: dict[str, object] = {
            "fluid": self.fluid.value,
            "unit": unit_of(self.fluid).value,
            "currency": self.currency,
            "is_revenue": self.is_revenue,
            "bucket": self.bucket.value,
            "recorded": span_text(self.asked.energy.recorded, self.zone),
            **self.asked.as_dict(self.zone),
            "fixed_costs": money_text(self.fixed_costs),
            "taxes": money_text(self.taxes),
            "surcharges": money_text(self.surcharges),
            "total_with_extras": money_text(self.total_with_extras),
        }
        if self.compared is not None:
            answer["compare"] = self.compared.as_dict(self.zone)
        return answer


def sum_of_costs(costs: Iterable[Cost | None]) -> Cost | None:
    """Sum of what is known, None when nothing is."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known else None
