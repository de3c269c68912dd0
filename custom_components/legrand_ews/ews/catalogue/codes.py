"""Short codes of the device tables and the quantities that they stand for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..quantities import ANALOGUE_COUNT, INPUT_COUNT, OUTPUT_COUNT, TARIFF_COUNT

PHASES: Final = ("l1", "l2", "l3")
PAIRS: Final = ("l1_l2", "l2_l3", "l3_l1")

_TOTALS: Final = {
    "ea_imp": ("active_energy_import",),
    "ea_exp": ("active_energy_export",),
    "er_imp": ("reactive_energy_import",),
    "er_exp": ("reactive_energy_export",),
    "es": ("apparent_energy",),
    "ea_part": ("active_energy_import_partial", "active_energy_export_partial"),
    "er_part": ("reactive_energy_import_partial", "reactive_energy_export_partial"),
    "tariff": tuple(
        f"{energy}_energy_import_t{n}"
        for energy in ("active", "reactive")
        for n in range(1, TARIFF_COUNT + 1)
    ),
    "volume_gas": ("gas_volume",),
    "volume_water": ("water_volume",),
    "p": ("active_power",),
    "q": ("reactive_power",),
    "s": ("apparent_power",),
    "pf": ("power_factor", "power_factor_sector"),
    "i_n": ("current_n",),
    "f": ("frequency",),
    "hours": ("run_hours",),
    "temp": ("temperature",),
    "di": tuple(f"input_{n}" for n in range(1, INPUT_COUNT + 1)),
    "ai": tuple(f"analogue_input_{n}" for n in range(1, ANALOGUE_COUNT + 1)),
    "do": tuple(f"output_{n}" for n in range(1, OUTPUT_COUNT + 1)),
    "relay": tuple(f"output_{n}" for n in range(1, OUTPUT_COUNT + 1)),
    "do_settings": tuple(
        f"output_{n}_{setting}"
        for n in range(1, OUTPUT_COUNT + 1)
        for setting in ("normal_state", "mode", "on_time")
    ),
    "st_oc": ("breaker_state", "contact_state"),
    "st_trip": ("breaker_state", "fault_trip"),
    "trip_cause": ("trip_cause", "trip_current", "trip_count"),
    "st_breaker": (
        *("prealarm", "internal_fault", "earth_fault_alarm"),
        *("operation_count", "rated_current"),
    ),
    "st_station": ("station_state", "plug_in_use"),
    "st_charge": ("charge_state",),
    "err_station": ("station_error",),
    "err_charge": ("charge_error",),
    "session": (
        *("session_energy", "session_charge", "session_duration"),
        *("station_temperature", "rated_current"),
    ),
    "avg": tuple(
        f"{kind}_power_average" for kind in ("active", "reactive", "apparent")
    ),
    "demand": tuple(
        f"{kind}_power_maximum" for kind in ("active", "reactive", "apparent")
    ),
}
_BY_PHASE: Final = {
    "p_ph": ("active_power_{}",),
    "q_ph": ("reactive_power_{}",),
    "s_ph": ("apparent_power_{}",),
    "pf_ph": ("power_factor_{}", "power_factor_sector_{}"),
    "v_ln": ("voltage_{}",),
    "i": ("current_{}",),
    "thd_v": ("thd_voltage_{}",),
    "thd_i": ("thd_current_{}",),
    "avg": ("current_{}_average",),
    "min": ("voltage_{}_minimum",),
    "max": ("current_{}_maximum", "voltage_{}_maximum"),
}
_BY_PAIR: Final = {"v_ll": ("voltage_{}",), "thd_u": ("thd_voltage_{}",)}

CODES: Final = frozenset(_TOTALS) | frozenset(_BY_PHASE) | frozenset(_BY_PAIR)
"""Codes that stand for quantities."""

UNSERVED_CODES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "min": ("minima", "minimums"),
        "crest": ("crest factors", "facteurs de crête"),
        "harm_v": ("voltage harmonics", "harmoniques de tension"),
        "harm_i": ("current harmonics", "harmoniques de courant"),
        "di": ("digital inputs", "entrées TOR"),
        "pulse_in": ("auxiliary pulse input", "entrée d'impulsions auxiliaire"),
        "alarm_log": ("alarm log", "journal d'alarmes"),
    }
)
"""Codes that a model may name as promised but not read yet."""


def expand(code: str, phases: int) -> tuple[str, ...]:
    """Return the quantities that a code can stand for on ``phases`` phases.

    A map supplies some of them; () for a code that is none.
    """
    names = list(_TOTALS.get(code, ()))
    for phase in PHASES[:phases]:
        names += [pattern.format(phase) for pattern in _BY_PHASE.get(code, ())]
    if phases == len(PHASES):
        for pair in PAIRS:
            names += [pattern.format(pair) for pattern in _BY_PAIR.get(code, ())]
    return tuple(names)
