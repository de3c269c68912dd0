"""Set the load management up through its forms, as a user does."""

from collections.abc import Mapping
from typing import Final

from . import wallbox
from .client import Client, Json

_OPTIONS: Final = "options/flow"
METER: Final = "Main supply"
FEEDER: Final = "Car park"
FEEDER_METER: Final = "Car chargers"
STATIONS: Final = ("Visitors left", "Visitors right", "Courtyard", "Delivery")
LIMITS: Final = {
    "maximum_a": 250,
    "charging_a": 230,
    "hysteresis_percent": 2,
    "first_step_percent": 75,
    "second_step_percent": 50,
    "guaranteed_ah": 32,
}
"""Of the whole building (the manual's example)."""
FEEDER_MAXIMUM_A: Final = 80
FEEDER_CHARGING_A: Final = 72


async def enter_charging(server: Client, entry_id: str, ids: Mapping[str, int]) -> None:
    """Manage the company's stations and its wallbox, with a limit of the car park.

    ``ids`` are the permanent numbers of the devices by name.
    """
    await _change(
        server,
        entry_id,
        greenup="greenup_building",
        greenup_source="greenup_device",
        greenup_device={"meter": str(ids[METER])},
        greenup_limits=LIMITS,
    )
    feeder = {
        "name": FEEDER,
        "maximum_a": FEEDER_MAXIMUM_A,
        "charging_a": FEEDER_CHARGING_A,
        "meter": str(ids[FEEDER_METER]),
    }
    await _change(
        server,
        entry_id,
        greenup_change="greenup_feeders",
        greenup_feeders={"feeders": [feeder]},
    )
    for name in STATIONS:
        await _change(
            server,
            entry_id,
            greenup_change="greenup_stations",
            greenup_stations={"station": str(ids[name])},
            greenup_station={"circuit_id": "1", "lag_s": 15},
        )
    await enter_wallbox(server, entry_id)


async def enter_wallbox(server: Client, entry_id: str) -> None:
    """Manage the charger of another integration, too; its entities must be there."""
    await server.walk(
        "subentries/flow",
        [entry_id, "charger"],
        {
            "user": {"preset": "other"},
            "entities": {**wallbox.ENTITIES, "stops_at_zero": False},
            "words": {
                **{word: [word] for word in wallbox.WORDS},
                "start_option": "on",
                "stop_option": "off",
            },
            "figures": {
                "name": wallbox.NAME,
                "phases": f"l{wallbox.PHASE}",
                "rated_a": wallbox.RATED_A,
                "minimum_a": 6,
                "circuit_id": "1",
                "lag_s": 15,
                "report_s": 20,
                "is_priority": False,
                "is_enabled": True,
            },
            "preview": "save",
        },
    )


async def leave_charging(server: Client, entry_id: str) -> None:
    """Take the load management away again; stations and wallbox stay."""
    await _change(server, entry_id, greenup_change="greenup_off", greenup_off={})


async def _change(server: Client, entry_id: str, **answers: Json) -> None:
    await server.walk(_OPTIONS, entry_id, {"init": "greenup", **answers})
