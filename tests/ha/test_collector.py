"""What a large site asks of Python's garbage collector."""

from collections.abc import Iterator
import gc

from homeassistant.core import HomeAssistant
import pytest

from . import site
from .conftest import Load

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
