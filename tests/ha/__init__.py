"""The integration inside Home Assistant. `pytest tests/ha` is a run of its own.

Importing this package prepares the process, so it happens before any other module of
the folder is loaded. Home Assistant has to be imported first: it puts its own libraries
in the place of httpx and voluptuous, and it must be there before `custom_components` is.
The test kit was made for the release before ours; the one helper that has moved since
is put where the kit looks for it.
"""

from homeassistant.components import logger
from homeassistant.components.logger import helpers

_MOVED = "_clear_logger_overwrites"
if not hasattr(logger, _MOVED):
    setattr(logger, _MOVED, getattr(helpers, _MOVED))
