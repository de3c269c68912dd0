"""Let the core be imported where Home Assistant is not running.

`import custom_components.legrand_ews.ews` would first run the integration's own
`__init__`, which needs Home Assistant. In a process that has not loaded Home Assistant
(core tests, the simulator, benchmarks) a bare package takes its place: it has the same
path, so every module below it is found, and none of the integration's code runs.
Home Assistant itself always loads before any custom integration and sees no difference.
This file is not part of an installation.
"""

from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
import sys

if "homeassistant" not in sys.modules:
    _spec = ModuleSpec(f"{__name__}.legrand_ews", loader=None, is_package=True)
    _spec.submodule_search_locations = [str(Path(__file__).parent / "legrand_ews")]
    legrand_ews = module_from_spec(_spec)
    sys.modules[_spec.name] = legrand_ews
