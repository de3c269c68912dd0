"""How far work in a worker thread has come, told in the event loop."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import HomeAssistant

_STEP: Final = 0.01

type Tell = Callable[[float], None]
"""Is told the share that is done, from 0 to 1, in the event loop."""


def by_the_hundredth(hass: HomeAssistant, tell: Tell) -> Tell:
    """Return what a thread may call as often as it likes."""
    told = 0.0

    def report(share: float) -> None:
        nonlocal told
        if share >= told + _STEP:
            told = share
            hass.loop.call_soon_threadsafe(tell, share)

    return report
