"""Settings are checked at their fields; defaults are the factory's."""

from dataclasses import replace

import pytest

from custom_components.legrand_ews.ews.charging import (
    ChargingConfig,
    Circuit,
    Fallback,
    check_config,
)

from .world import station

GOOD = ChargingConfig(
    maximum_a=250,
    charging_a=230,
    stations=(station(7), station(8, phases=(2,), circuit_id=1)),
    feeders=(Circuit(id=1, maximum_a=63, charging_a=60),),
)


def test_factory_defaults() -> None:
    """S270."""
    assert GOOD.hysteresis_percent == 0
    assert (GOOD.first_step_percent, GOOD.second_step_percent) == (75, 50)
    assert GOOD.guaranteed_ah == 32
    assert not any(spec.is_priority for spec in GOOD.stations)


def test_sensible_settings_have_no_problems() -> None:
    assert check_config(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "field", "key"),
    [
        ({"charging_a": 251}, "charging_a", "charging_limit_above_maximum"),
        ({"maximum_a": 0, "charging_a": 0}, "maximum_a", "out_of_range"),
        ({"hysteresis_percent": 21}, "hysteresis_percent", "out_of_range"),
        ({"hysteresis_percent": -1}, "hysteresis_percent", "out_of_range"),
        ({"second_step_percent": 76}, "second_step_percent", "steps_not_descending"),
        ({"first_step_percent": 101}, "first_step_percent", "out_of_range"),
        ({"second_step_percent": 0}, "second_step_percent", "out_of_range"),
        ({"guaranteed_ah": -1}, "guaranteed_ah", "out_of_range"),
        ({"fallback_after_s": 19}, "fallback_after_s", "time_too_short"),
        ({"last_resort_after_s": 59}, "last_resort_after_s", "time_too_short"),
        ({"fallback": Fallback.PAUSE}, "last_resort", "fallbacks_not_descending"),
        ({"stations": (station(7), station(7))}, "stations.7.id", "charging_number_taken"),
        ({"stations": (station(7, phases=(1, 2)),)}, "stations.7.phases", "station_phases_wrong"),
        ({"stations": (station(7, phases=(1, 1, 2)),)}, "stations.7.phases", "station_phases_wrong"),
        ({"stations": (station(7, phases=(4,)),)}, "stations.7.phases", "station_phases_wrong"),
        ({"stations": (station(7, minimum_a=5),)}, "stations.7.minimum_a", "out_of_range"),
        (
            {"stations": (station(7, minimum_a=6, is_greenup=True),)},
            "stations.7.minimum_a",
            "out_of_range",
        ),
        ({"stations": (station(7, rated=5),)}, "stations.7.rated_a", "rated_below_minimum"),
        ({"stations": (station(7, circuit_id=2),)}, "stations.7.circuit_id", "circuit_unknown"),
        ({"metered_phases": (1,), "stations": (station(7),)}, "stations.7.phases", "phase_not_measured"),
        ({"metered_phases": (), "stations": (station(7),)}, "stations.7.phases", "phase_not_measured"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_field(
    changed: dict[str, object], field: str, key: str
) -> None:
    settings = replace(GOOD, **changed)  # type: ignore[arg-type]
    assert (field, key) in [(p.field, p.key) for p in check_config(settings)]


@pytest.mark.parametrize(
    ("feeder", "field", "key"),
    [
        (
            Circuit(id=1, maximum_a=63, charging_a=64),
            "feeders.1.charging_a",
            "charging_limit_above_maximum",
        ),
        (
            Circuit(id=1, maximum_a=63, charging_a=60, parent_id=9),
            "feeders.1.parent_id",
            "circuit_unknown",
        ),
        (
            Circuit(id=1, maximum_a=63, charging_a=60, parent_id=1),
            "feeders.1.parent_id",
            "circuit_in_itself",
        ),
        (
            Circuit(id=0, maximum_a=63, charging_a=60),
            "feeders.0.id",
            "charging_number_taken",
        ),
        (
            Circuit(id=1, maximum_a=63, charging_a=60, metered_phases=(1,)),
            "stations.8.phases",
            "phase_not_measured",
        ),
    ],
)
def test_mistakes_of_a_feeder_are_told_at_its_field(
    feeder: Circuit, field: str, key: str
) -> None:
    problems = check_config(replace(GOOD, feeders=(feeder,)))
    assert (field, key) in [(p.field, p.key) for p in problems]


def test_single_phase_meters_serve_stations_on_their_phase() -> None:
    settings = replace(
        GOOD, metered_phases=(2,), stations=(station(7, phases=(2,)),), feeders=()
    )
    assert check_config(settings) == []
