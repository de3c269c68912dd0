"""Tariffs with dated prices, ordered cost rules, and what is paid beside the energy."""

from .checks import check_plan
from .codec import decode_plan, encode_plan, minute_text
from .extras import (
    NO_EXTRAS,
    Basis,
    CapacityPrice,
    Extras,
    Fee,
    Levy,
    PeakInterval,
    Per,
    Tax,
    Tier,
    rate_on,
)
from .plan import (
    MAX_PRICES,
    MAX_TARIFFS,
    CostRule,
    Mode,
    Tariff,
    TariffPlan,
)
from .price import Price
from .price_history import HOLD, NO_PRICES, PriceHistory, SourcePrice
from .review import Gap, Unreachable, disagreements, gaps, unreachable
from .timeline import Segment, TariffTimeline

__all__ = [
    "HOLD",
    "MAX_PRICES",
    "MAX_TARIFFS",
    "NO_EXTRAS",
    "NO_PRICES",
    "Basis",
    "CapacityPrice",
    "CostRule",
    "Extras",
    "Fee",
    "Gap",
    "Levy",
    "Mode",
    "PeakInterval",
    "Per",
    "Price",
    "PriceHistory",
    "Segment",
    "SourcePrice",
    "Tariff",
    "TariffPlan",
    "TariffTimeline",
    "Tax",
    "Tier",
    "Unreachable",
    "check_plan",
    "decode_plan",
    "disagreements",
    "encode_plan",
    "gaps",
    "minute_text",
    "rate_on",
    "unreachable",
]
