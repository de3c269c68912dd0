"""What a configuration entry holds of the load management, and what of it reloads."""

from typing import Any, Final

from homeassistant.config_entries import ConfigEntry

from ..ews.charging.settings import ChargingSettings, decode_settings

OPTION_CHARGING: Final = "charging"
_LASTING: Final = ("meter", "scope")
_LASTING_OF_FEEDER: Final = ("name", "meter")
_LIVE_OF_OBJECT: Final = "is_priority"


def charging_settings(entry: ConfigEntry) -> ChargingSettings:
    """Return what a site's options say of its load management.

    Raises ConfigurationError where what is stored cannot be read.
    """
    return decode_settings(entry.options.get(OPTION_CHARGING, {}))


def reload_mark(entry: ConfigEntry) -> dict[str, Any]:
    """Return all of an entry that cannot be changed while its site runs on.

    Left out are the parameters of the load management and who goes first.
    """
    options = dict(entry.options)
    charging = options.pop(OPTION_CHARGING, {})
    return {
        "title": entry.title,
        "data": dict(entry.data),
        "polling": entry.pref_disable_polling,
        "options": options,
        "charging": {
            **{name: charging.get(name) for name in _LASTING},
            "feeders": {
                number: {name: feeder.get(name) for name in _LASTING_OF_FEEDER}
                for number, feeder in charging.get("feeders", {}).items()
            },
        },
        "objects": {
            subentry_id: (
                subentry.title,
                {x: y for x, y in subentry.data.items() if x != _LIVE_OF_OBJECT},
            )
            for subentry_id, subentry in entry.subentries.items()
        },
    }
