"""Green'Up: charging within the building's limit (7.16.5, 8.3).

`step` is pure: settings, readings, what was remembered and the time go in, what to
remember, orders and reasons come out. Who reads and who writes is not its business.
"""

from .checks import check_config
from .config import (
    LOWEST_CURRENT_A,
    LOWEST_GREENUP_A,
    MAIN,
    ChargingConfig,
    Circuit,
    Fallback,
    Level,
    Sharing,
    StationSpec,
)
from .departing import Departure, PriceSlot
from .external import ExternalLimit, ExternalSignal
from .inputs import Charge, Inputs, MeterReading, Request, StationReading
from .outcome import Action, Command, Reason, ReasonKind
from .state import (
    LineState,
    MeterState,
    Progress,
    Session,
    Setting,
    State,
    StationState,
    Zone,
)
from .state_codec import decode_state, encode_state
from .stepping import step
from .wish_codec import decode_wishes, encode_wishes
from .wish_settings import Solar, StationWish, WishSettings, check_wishes
from .wishes import Why, Wished, WishInputs, WishState, wish, with_conductors

__all__ = [
    "LOWEST_CURRENT_A",
    "LOWEST_GREENUP_A",
    "MAIN",
    "Action",
    "Charge",
    "ChargingConfig",
    "Circuit",
    "Command",
    "Departure",
    "ExternalLimit",
    "ExternalSignal",
    "Fallback",
    "Inputs",
    "Level",
    "LineState",
    "MeterReading",
    "MeterState",
    "PriceSlot",
    "Progress",
    "Reason",
    "ReasonKind",
    "Request",
    "Session",
    "Setting",
    "Sharing",
    "Solar",
    "State",
    "StationReading",
    "StationSpec",
    "StationState",
    "StationWish",
    "Why",
    "WishInputs",
    "WishSettings",
    "WishState",
    "Wished",
    "Zone",
    "check_config",
    "check_wishes",
    "decode_state",
    "decode_wishes",
    "encode_state",
    "encode_wishes",
    "step",
    "wish",
    "with_conductors",
]
