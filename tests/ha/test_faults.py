"""Gateways and devices that fall silent and come back, as timelines."""

from collections.abc import Mapping
from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

METER = emdx3(imported_wh=1000, power_w=2500)
CONNECTION = "binary_sensor.gateway_{}_connection"
POWER = "sensor.meter_{}_active_power"
STATUS = "sensor.meter_{}_status"

pytestmark = pytest.mark.usefixtures("clock")


def states(hass: HomeAssistant, template: str, *numbers: int) -> Mapping[int, str]:
    found = {number: hass.states.get(template.format(number)) for number in numbers}
    return {number: state.state for number, state in found.items() if state is not None}


async def test_a_dead_gateway_takes_only_its_own_entities_along(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    first = await start_server({11: METER})
    second = await start_server({11: METER})
    await load(
        site.entry(
            [
                site.gateway(1, first.port),
                site.gateway(2, second.port),
                site.device(1, 1, 11),
                site.device(2, 2, 11),
            ]
        )
    )
    await first.stop()
    second.units[11] = emdx3(imported_wh=1000, power_w=2600)
    asked = len(second.requests)
    await pass_time(65)
    assert states(hass, CONNECTION, 1, 2) == {1: "off", 2: "on"}
    assert states(hass, POWER, 1, 2) == {1: STATE_UNAVAILABLE, 2: "2600"}
    assert states(hass, STATUS, 1, 2) == {1: "communication_error", 2: "on"}
    assert len(second.requests) > asked

    # It comes back with another value, which is there 15 s later at the latest.
    first.units[11] = emdx3(imported_wh=1000, power_w=2700)
    await first.start()
    await pass_time(15)
    assert states(hass, CONNECTION, 1) == {1: "on"}
    assert states(hass, POWER, 1) == {1: "2700"}
    assert states(hass, STATUS, 1) == {1: "on"}


async def test_a_gateway_that_was_never_there_holds_nothing_up(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    dead = await start_server({11: METER})
    alive = await start_server({11: METER})
    await dead.stop()
    await load(
        site.entry(
            [
                site.gateway(1, dead.port),
                site.gateway(2, alive.port),
                site.device(1, 1, 11),
                site.device(2, 2, 11),
            ]
        )
    )
    assert states(hass, CONNECTION, 1, 2) == {1: "off", 2: "on"}
    assert states(hass, POWER, 1, 2) == {1: STATE_UNAVAILABLE, 2: "2500"}
    await dead.start()
    await pass_time(15)
    assert states(hass, POWER, 1) == {1: "2500"}


async def test_a_silent_device_takes_only_its_own_entities_along(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = await start_server({11: METER, 12: METER})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11),
                site.device(2, 1, 12),
            ]
        )
    )
    del server.units[12]
    server.units[11] = emdx3(imported_wh=1000, power_w=2600)
    await pass_time(200)
    assert states(hass, CONNECTION, 1) == {1: "on"}
    assert states(hass, STATUS, 1, 2) == {1: "on", 2: "communication_error"}
    assert states(hass, POWER, 1, 2) == {1: "2600", 2: STATE_UNAVAILABLE}
    said = [x for x in caplog.messages if "Meter 2" in x and "does not answer" in x]
    assert len(said) == 1


async def test_a_test_button_brings_a_silent_device_back_at_once(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server = await start_server({11: METER, 12: METER})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11),
                site.device(2, 1, 12),
            ]
        )
    )
    registers = server.units.pop(12)
    # Long enough that the next try of its own is minutes away.
    await pass_time(400)
    server.units[12] = registers
    await hass.services.async_call(
        "button", "press", {"entity_id": "button.meter_2_test"}, blocking=True
    )
    await pass_time(2)
    assert states(hass, STATUS, 2) == {2: "on"}


async def test_a_line_that_another_integration_uses_otherwise_is_tried_again(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server = await start_server({11: METER})
    # The same port, once as Modbus TCP and once at another speed: one of them loses.
    lines = [
        site.gateway(1, server.port, link=site.serial("socket://127.0.0.1:9", 9600)),
        site.gateway(2, server.port, link=site.serial("socket://127.0.0.1:9", 19200)),
        site.gateway(3, server.port),
    ]
    await load(
        site.entry(
            [
                *lines,
                site.device(1, 1, 11),
                site.device(2, 2, 11),
                site.device(3, 3, 11),
            ]
        )
    )
    await pass_time(10)
    assert states(hass, STATUS, 1, 2, 3) == {
        1: "communication_error",
        2: "communication_error",
        3: "on",
    }
    assert states(hass, CONNECTION, 2, 3) == {2: "off", 3: "on"}


async def test_a_device_that_was_not_asked_yet_has_no_fault(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A cycle that ends after its first device, as on a bus with very many of them:
    # these meters want 20 ms of silence before each of their requests.
    monkeypatch.setattr(
        "custom_components.legrand_ews.ews.bus.gateway.LONGEST_CYCLE",
        timedelta(milliseconds=15),
    )
    server = await start_server({11: METER, 12: METER})
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11),
                site.device(2, 1, 12),
            ]
        )
    )
    assert sorted(states(hass, STATUS, 1, 2).values()) == ["on", STATE_UNKNOWN]
    await pass_time(2)
    assert states(hass, STATUS, 1, 2) == {1: "on", 2: "on"}
