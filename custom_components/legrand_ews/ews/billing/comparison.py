"""Compare in money: objects side by side, whatever fluid each of them counts (S168)."""

from dataclasses import dataclass
from datetime import datetime

from ..consumption import ComparisonQuery, Level
from ..consumption.amounts import unit_of
from ..consumption.answer import instant_text, span_text
from ..consumption.comparison import number_of_item, queries_of
from .answer import Costs, CostSeries
from .books import Books, Metered
from .costs import answer_costs
from .money import cost_text
from .query import CostQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCosts:
    """One object: what it consumed of its own fluid, and what that cost."""

    level: Level
    id: int
    series: CostSeries | None
    costs: Costs

    def as_dict(self) -> dict[str, object]:
        """One item of the answer; values stand by the number of their bucket."""
        asked, zone = self.costs.asked, self.costs.zone
        known = {} if self.series is None else self.series.as_dict()
        nothing = [None] * (len(asked.energy.edges) - 1)
        return {
            "kind": self.level.value,
            "id": self.id,
            "name": known.get("name"),
            "color": known.get("color"),
            **({"key": known["key"]} if "key" in known else {}),
            "fluid": self.costs.fluid.value,
            "unit": unit_of(self.costs.fluid).value,
            "is_revenue": self.costs.is_revenue,
            **span_text(asked.energy.span, zone),
            "buckets": [instant_text(edge, zone) for edge in asked.energy.edges[:-1]],
            "values": known.get("energy", nothing),
            "total": known.get("energy_total"),
            "costs": known.get("costs", nothing),
            "cost_total": cost_text(asked.cost_total),
            "complete": asked.energy.is_complete,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CostComparison:
    """Objects of any fluids, side by side."""

    items: tuple[ComparedCosts, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON of ``compare_consumption`` in money."""
        first = self.items[0].costs
        fluids = {item.costs.fluid for item in self.items}
        return {
            "in": "money",
            "fluid": first.fluid.value if len(fluids) == 1 else None,
            "unit": first.currency,
            "currency": first.currency,
            "bucket": first.bucket.value,
            "items": [item.as_dict() for item in self.items],
        }


def answer_cost_comparison(
    query: ComparisonQuery, *, books: Books, metered: Metered, now: datetime
) -> CostComparison:
    """Answer ``compare_consumption`` in money; raises what `answer_costs` does."""
    items: list[ComparedCosts] = []
    for item in queries_of(query, metered.directory, metered.archive.totals()):
        costs = answer_costs(
            CostQuery(consumption=item), books=books, metered=metered, now=now
        )
        number = number_of_item(item)
        series = costs.asked.series
        items.append(
            ComparedCosts(
                level=item.level,
                id=number,
                series=next((x for x in series if x.energy.id == number), None),
                costs=costs,
            )
        )
    return CostComparison(items=tuple(items))
