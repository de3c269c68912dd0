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
    ],
)
def test_quantities_have_the_units_of_files_and_actions(
    key: str, unit: Unit, kind: Kind
) -> None:
    """Wh and dm³ always (S163, S194)."""
    assert (QUANTITIES[key].unit, QUANTITIES[key].kind) == (unit, kind)
