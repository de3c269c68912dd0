"""Sensors of Home Assistant as the meter of a circuit: all of them, or none."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.charging.settings import MeterSource
from custom_components.legrand_ews.greenup.meters import SensorMeter

SENSORS = ("sensor.a", "sensor.b", "sensor.c")


@pytest.mark.parametrize(
    ("shown", "currents_ma"),
    [
        pytest.param(
            [("20", "A"), ("20500", "mA"), ("4.6", "kW")],
            {1: 20_000, 2: 20_500, 3: 20_000},
            id="currents and powers of 230 V",
        ),
        pytest.param(
            [("-12.5", "A"), ("3", "A"), ("-2300", "W")],
            {1: -12_500, 2: 3_000, 3: -10_000},
            id="the sun feeds in on two phases",
        ),
        pytest.param([("20", "A"), ("unavailable", "A"), ("20", "A")], None, id="away"),
        pytest.param([("unknown", "A"), ("20", "A"), ("20", "A")], None, id="unknown"),
        pytest.param([("20", "A"), ("20", "A"), None], None, id="not there yet"),
        pytest.param([("20", "A"), ("20", None), ("20", "A")], None, id="no unit"),
        pytest.param([("20", "A"), ("nan", "A"), ("20", "A")], None, id="no number"),
    ],
)
async def test_what_the_sensors_say(
    hass: HomeAssistant, shown: list[Any], currents_ma: dict[int, int] | None
) -> None:
    """A phase that nobody measures cannot be judged, so none is."""
    for entity_id, each in zip(SENSORS, shown, strict=True):
        if each is not None:
            attributes = {"unit_of_measurement": each[1]} if each[1] else {}
            hass.states.async_set(entity_id, each[0], attributes)
    reading = SensorMeter(hass, MeterSource(entity_ids=SENSORS)).read()
    assert (None if reading is None else reading.currents_ma) == currents_ma
