"""What a large site asks of Python's garbage collector."""

from collections.abc import Iterator
import gc

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant, State, callback
import pytest

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3
from .test_ftp import free_port

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize(("devices", "is_spared"), [(99, False), (100, True)])
async def test_a_large_site_is_set_aside_until_it_is_unloaded(
    hass: HomeAssistant, load: Load, devices: int, is_spared: bool
) -> None:
    entry = site.entry(
        [
            site.gateway(1, 502, is_enabled=False),
            *(site.device(n, 1, n) for n in range(1, devices + 1)),
        ]
    )
    await load(entry)
    assert (gc.get_freeze_count() > 0) is is_spared
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert gc.get_freeze_count() == 0


async def test_what_came_with_the_first_reads_is_set_aside_too(
    hass: HomeAssistant, load: Load, pass_time: PassTime, socket_enabled: None
) -> None:
    nobody_listens = free_port()
    entry = site.entry(
        [
            site.gateway(1, nobody_listens),
            *(site.device(n, 1, n) for n in range(1, 101)),
        ]
    )
    await load(entry)
    gc.unfreeze()
    await pass_time(6)
    assert gc.get_freeze_count() > 0


def states_of(entity_id: str) -> list[State]:
    """Every state of an entity that is somewhere in memory."""
    states = (x for x in gc.get_objects() if isinstance(x, State))
    return [state for state in states if state.entity_id == entity_id]


async def test_what_polls_bring_needs_no_collection(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    power = "sensor.meter_1_active_power"
    server = await start_server({11: emdx3(power_w=100)})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    # Where nobody listens there are no events; the recorder always does.
    hass.bus.async_listen(EVENT_STATE_CHANGED, callback(lambda event: None))
    gc.collect()
    before = states_of(power)
    gc.disable()
    try:
        for watts in (200, 300, 400):
            server.units[11] = emdx3(power_w=watts)
            await pass_time(62)
            assert hass.states.get(power).state == str(watts)
        kept = [x for x in states_of(power) if all(x is not old for old in before)]
        assert [x.state for x in kept] == ["400"]
    finally:
        gc.enable()
