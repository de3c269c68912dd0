"""Device knowledge as data: families, models, register maps with provenance."""

from .commands import PRESS, Command, CommandKind, Unlock
from .families import (
    Connection,
    Family,
    Function,
    Model,
    ParameterKind,
    ParameterSpec,
)
from .generic import generic_block
from .harmonics import HarmonicBlock
from .known import UNVERIFIED, Confidence, Provenance, needs_confirmation
from .library import Catalogue
from .loader import load_catalogue
from .registers import (
    UNSCALED,
    Block,
    Cadence,
    Field,
    IdentityField,
    Part,
    Probe,
    RegisterMap,
    StateRule,
    Transform,
    WordOrder,
)
from .scales import (
    Condition,
    FixedScale,
    Mode,
    Modulus,
    Ratio,
    RatioScale,
    RatioSource,
    RawScale,
    Scale,
    Step,
    UnitCode,
)
from .values import Space, ValueType

__all__ = [
    "PRESS",
    "UNSCALED",
    "UNVERIFIED",
    "Block",
    "Cadence",
    "Catalogue",
    "Command",
    "CommandKind",
    "Condition",
    "Confidence",
    "Connection",
    "Family",
    "Field",
    "FixedScale",
    "Function",
    "HarmonicBlock",
    "IdentityField",
    "Mode",
    "Model",
    "Modulus",
    "ParameterKind",
    "ParameterSpec",
    "Part",
    "Probe",
    "Provenance",
    "Ratio",
    "RatioScale",
    "RatioSource",
    "RawScale",
    "RegisterMap",
    "Scale",
    "Space",
    "StateRule",
    "Step",
    "Transform",
    "UnitCode",
    "Unlock",
    "ValueType",
    "WordOrder",
    "generic_block",
    "load_catalogue",
    "needs_confirmation",
]
