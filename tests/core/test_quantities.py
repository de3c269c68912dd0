"""The list of quantities: names, units and fluids hold together."""

import pytest

from custom_components.legrand_ews.ews.quantities import (
    FLUID_COUNTERS,
    QUANTITIES,
    Fluid,
    Kind,
    Unit,
)


def test_each_quantity_is_found_under_its_own_key() -> None:
    assert all(quantity.key == key for key, quantity in QUANTITIES.items())


def test_only_counters_measure_a_fluid_and_each_fluid_has_one() -> None:
    with_fluid = {q.key: q.fluid for q in QUANTITIES.values() if q.fluid is not None}
    assert {fluid: key for key, fluid in with_fluid.items()} == dict(FLUID_COUNTERS)
    assert all(QUANTITIES[key].kind is Kind.COUNTER for key in with_fluid)


def test_states_have_options_and_nothing_else_has() -> None:
    for quantity in QUANTITIES.values():
        assert bool(quantity.options) == (quantity.kind is Kind.STATE)
        assert len(set(quantity.options)) == len(quantity.options)


def test_what_is_only_off_or_on_is_binary() -> None:
    assert QUANTITIES["input_12"].is_binary
    assert QUANTITIES["output_8"].is_binary
    assert QUANTITIES["fault_trip"].is_binary
    # open and closed are words of a contact, no alarm
    assert not QUANTITIES["contact_state"].is_binary
    assert not QUANTITIES["active_power"].is_binary


def test_the_archive_keeps_its_columns() -> None:
    """A new quantity with a column would need a migration of every archive."""
    live = {key for key, quantity in QUANTITIES.items() if not quantity.is_archived}
    assert live == {
        *("trip_current", "trip_count", "operation_count", "rated_current"),
        *("current_limit", "session_energy", "session_charge", "session_duration"),
        *("station_temperature", "power_factor_sector"),
        *(f"power_factor_sector_l{n}" for n in range(1, 4)),
        *(f"analogue_input_{n}" for n in range(1, 5)),
        *(f"output_{n}_on_time" for n in range(1, 9)),
    }


def test_gas_in_kwh_is_derived_and_has_no_counter() -> None:
    assert set(Fluid) - FLUID_COUNTERS.keys() == {Fluid.GAS_KWH}


@pytest.mark.parametrize(
    ("key", "unit", "kind"),
    [
        ("active_energy_import", Unit.WATT_HOUR, Kind.COUNTER),
        ("reactive_energy_export_l2", Unit.VAR_HOUR, Kind.COUNTER),
        ("active_energy_import_t8", Unit.WATT_HOUR, Kind.COUNTER),
        ("gas_volume", Unit.CUBIC_DECIMETRE, Kind.COUNTER),
        ("water_volume", Unit.CUBIC_DECIMETRE, Kind.COUNTER),
        ("run_hours", Unit.HOUR, Kind.COUNTER),
        ("voltage_l3_l1", Unit.VOLT, Kind.GAUGE),
        ("current_n", Unit.AMPERE, Kind.GAUGE),
        ("thd_current_l1", Unit.PERCENT, Kind.GAUGE),
        ("power_factor_sector", Unit.NONE, Kind.STATE),
        ("breaker_state", Unit.NONE, Kind.STATE),
        ("trip_current", Unit.AMPERE, Kind.GAUGE),
        ("session_charge", Unit.AMPERE_HOUR, Kind.GAUGE),
        ("session_duration", Unit.SECOND, Kind.GAUGE),
    ],
)
def test_quantities_have_the_units_of_files_and_actions(
    key: str, unit: Unit, kind: Kind
) -> None:
    """Wh and dm³ always (S163, S194)."""
    assert (QUANTITIES[key].unit, QUANTITIES[key].kind) == (unit, kind)
