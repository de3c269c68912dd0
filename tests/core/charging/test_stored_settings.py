"""What is stored of the load management, and the configuration that comes of it."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.charging import (
    MAIN,
    Circuit,
    Fallback,
    Sharing,
    StationSpec,
    check_config,
)
from custom_components.legrand_ews.ews.charging.settings import (
    PARAMETERS,
    ChargingSettings,
    Feeder,
    MeterSource,
    Scope,
    StationPlace,
    config_of,
    decode_settings,
    encode_settings,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.ews.model.charger_codec import (
    decode_charger,
    encode_charger,
)
from custom_components.legrand_ews.ews.model.device import PHASES

FULL = ChargingSettings(
    meter=MeterSource(device_id=7),
    scope=Scope.FEEDER,
    maximum_a=250,
    charging_a=230,
    is_enabled=False,
    sharing=Sharing.FAIR,
    hysteresis_percent=5,
    fallback=Fallback.MINIMUM,
    last_resort=Fallback.PAUSE,
    feeders=(
        Feeder(
            id=1,
            name="Garage",
            maximum_a=63,
            charging_a=60,
            meter=MeterSource(
                entity_ids=("sensor.a", "sensor.b", "sensor.c"), phases=PHASES
            ),
        ),
        Feeder(id=2, name="Row", maximum_a=32, charging_a=32, parent_id=1),
    ),
    places={31: StationPlace(circuit_id=2, rated_a=16, lag_s=30)},
)


def test_defaults_are_the_factory_s() -> None:
    """S270; without anything stored nothing is managed."""
    new = decode_settings({})
    assert new == ChargingSettings()
    assert new.meter is None
    assert (
        new.hysteresis_percent,
        new.first_step_percent,
        new.second_step_percent,
        new.guaranteed_ah,
    ) == (0, 75, 50, 32)
    assert config_of(new, ()) is None


def test_what_is_stored_is_read_back() -> None:
    assert decode_settings(encode_settings(FULL)) == FULL


@given(
    numbers=st.fixed_dictionaries(
        {
            name: st.integers(0, 5000)
            for name in ("maximum_a", "charging_a", "guaranteed_ah", "raise_after_s")
        }
    ),
    sharing=st.sampled_from(Sharing),
    has_hard_limit=st.booleans(),
)
def test_any_parameters_are_read_back(
    numbers: dict[str, int], sharing: Sharing, has_hard_limit: bool
) -> None:
    settings = ChargingSettings(
        **numbers, sharing=sharing, has_hard_limit=has_hard_limit
    )
    assert decode_settings(encode_settings(settings)) == settings


def test_the_configuration_of_a_step() -> None:
    spec = StationSpec(id=31, rated_a=16, circuit_id=2)
    config = config_of(FULL, [spec])
    assert config is not None
    assert check_config(config) == []
    assert list(config.circuits) == [
        Circuit(id=MAIN, maximum_a=250, charging_a=230, metered_phases=PHASES),
        Circuit(id=1, maximum_a=63, charging_a=60, metered_phases=PHASES),
        Circuit(id=2, maximum_a=32, charging_a=32, parent_id=1),
    ]
    assert config.stations == (spec,)
    for name in PARAMETERS:
        assert getattr(config, name) == getattr(FULL, name)
    assert set(FULL.meters) == {MAIN, 1}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"maximum_a": "250"}, "maximum_a"),
        ({"is_enabled": 1}, "is_enabled"),
        ({"sharing": "first come"}, "sharing"),
        ({"meter": 7}, "meter"),
        ({"meter": {"device_id": 7, "phases": [4]}}, "meter"),
        ({"meter": {"device_id": 7, "phases": []}}, "meter"),
        ({"feeders": []}, "feeders"),
        ({"feeders": {"one": {}}}, "feeders"),
        ({"feeders": {"1": {"name": "Garage"}}}, "maximum_a"),
        ({"places": {"3": 1}}, "places"),
    ],
)
def test_what_cannot_be_read_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        decode_settings(wrong)
    assert (caught.value.key, caught.value.field) == ("data_invalid", field)


BOX = Charger(
    id=31,
    name="Box",
    phases=(2, 3, 1),
    rated_a=20,
    minimum_a=8,
    circuit_id=2,
    lag_s=30,
    report_s=90,
    preset="wallbox",
    entities={ChargerRole.STATE: "sensor.box", ChargerRole.ENERGY: "sensor.wh"},
    states={"Charging": "charging"},
    start_option="go",
    stop_option="wait",
    stops_at_zero=True,
    is_priority=True,
    is_enabled=False,
)


def test_a_charger_is_read_back() -> None:
    assert decode_charger(encode_charger(BOX)) == BOX
    least = {"id": 1, "name": "Box", "rated_a": 16}
    assert decode_charger(least) == Charger(id=1, name="Box")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phases": [0]}, "phases"),
        ({"entities": {"pilot": "sensor.pilot"}}, "entities"),
        ({"states": {"Charging": 1}}, "states"),
        ({"rated_a": "16"}, "rated_a"),
        ({"preset": 3}, "preset"),
    ],
)
def test_what_is_wrong_with_a_charger_is_named(
    wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        decode_charger({**encode_charger(BOX), **wrong})
    assert caught.value.field == field
