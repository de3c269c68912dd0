"""Tariffs with dated prices, ordered cost rules, and what an amount costs."""

from .checks import check_plan
from .codec import decode_plan, encode_plan, minute_text
from .cost import Charge, charges, cost_of, merged
from .plan import (
    MAX_PRICES,
    MAX_TARIFFS,
    CostRule,
    Mode,
    Price,
    Tariff,
    TariffPlan,
)
from .review import Gap, Unreachable, disagreements, gaps, unreachable
from .timeline import Segment, TariffTimeline

__all__ = [
    "MAX_PRICES",
    "MAX_TARIFFS",
    "Charge",
    "CostRule",
    "Gap",
    "Mode",
    "Price",
    "Segment",
    "Tariff",
    "TariffPlan",
    "TariffTimeline",
    "Unreachable",
    "charges",
    "check_plan",
    "cost_of",
    "decode_plan",
    "disagreements",
    "encode_plan",
    "gaps",
    "merged",
    "minute_text",
    "unreachable",
]
