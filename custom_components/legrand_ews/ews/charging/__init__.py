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

__all__ = [
    "LOWEST_CURRENT_A",
    "LOWEST_GREENUP_A",
    "MAIN",
    "Action",
    "Charge",
    "ChargingConfig",
    "Circuit",
    "Command",
    "Fallback",
    "Inputs",
    "Level",
    "LineState",
    "MeterReading",
    "MeterState",
    "Progress",
    "Reason",
    "ReasonKind",
    "Request",
    "Session",
    "Setting",
    "Sharing",
    "State",
    "StationReading",
    "StationSpec",
    "StationState",
    "Zone",
    "check_config",
    "decode_state",
    "encode_state",
    "step",
]
