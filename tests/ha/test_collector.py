"""What a large site asks of Python's garbage collector."""

from collections.abc import Iterator
import gc

from homeassistant.core import HomeAssistant
import pytest

from . import site
from .conftest import Load, PassTime
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
