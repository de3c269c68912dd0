"""Costs of a site and its parts: computed anew from what was measured, or kept."""

from .answer import CostAnswer, Costs, CostSeries
from .billing import Billing
from .books import Books, Metered
from .charged import ChargedSessions, PricedSession, SessionQuery
from .comparison import CostComparison
from .ledgers import Ledgers
from .live import CostsSoFar, SoFar
from .money import Cost, cost_text, money, money_text
from .overall import PricedOverall
from .query import CostBy, CostQuery
from .recompute import CostDifference

__all__ = [
    "Billing",
    "Books",
    "ChargedSessions",
    "Cost",
    "CostAnswer",
    "CostBy",
    "CostComparison",
    "CostDifference",
    "CostQuery",
    "CostSeries",
    "Costs",
    "CostsSoFar",
    "Ledgers",
    "Metered",
    "PricedOverall",
    "PricedSession",
    "SessionQuery",
    "SoFar",
    "cost_text",
    "money",
    "money_text",
]
