"""Overall in money: what every fluid of the site cost, in one answer (S165)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..consumption import By, ConsumptionQuery, Overall, answer_overall
from ..quantities import Fluid
from .answer import Costs
from .books import Books, Metered
from .costs import answer_costs
from .money import cost_text
from .query import CostQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedOverall:
    """Every fluid of the site with its costs; one without prices has none."""

    overall: Overall
    costs: Mapping[Fluid, Costs]
    currency: str

    def as_dict(self) -> dict[str, object]:
        """JSON of ``get_overall``."""
        answer = self.overall.as_dict()
        answer["currency"] = self.currency
        answer["fluids"] = [
            {**self.overall.fluid_as_dict(amount), **self._of_fluid(amount.fluid)}
            for amount in self.overall.fluids
        ]
        return answer

    def _of_fluid(self, fluid: Fluid) -> dict[str, object]:
        costs = self.costs.get(fluid)
        told: dict[str, object] = {
            "cost": None if costs is None else cost_text(costs.asked.cost_total),
            "is_revenue": fluid is Fluid.ELECTRICITY_EXPORT,
        }
        if self.overall.compared is not None:
            beside = None if costs is None else costs.compared
            told["compare_cost"] = (
                None if beside is None else cost_text(beside.cost_total)
            )
        return told


def answer_priced_overall(
    query: ConsumptionQuery, *, books: Books, metered: Metered, now: datetime
) -> PricedOverall:
    """Answer ``get_overall``; raises what `answer_overall` does."""
    overall = answer_overall(
        query,
        installation=metered.installation,
        directory=metered.directory,
        source=metered.archive,
        now=now,
    )
    whole = replace(query, by=By.LEVEL)
    costs = {
        amount.fluid: answer_costs(
            CostQuery(consumption=replace(whole, fluid=amount.fluid)),
            books=books,
            metered=metered,
            now=now,
        )
        for amount in overall.fluids
        if books.has_prices(amount.fluid)
    }
    return PricedOverall(overall=overall, costs=costs, currency=books.currency)
