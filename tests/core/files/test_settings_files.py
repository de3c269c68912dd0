"""``settings/``: what the site and its load management are, as tables."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.charging.config import Fallback
from custom_components.legrand_ews.ews.charging.external import ExternalLimit
from custom_components.legrand_ews.ews.charging.settings import (
    ChargingSettings,
    Feeder,
    MeterSource,
    StationPlace,
    decode_settings,
)
from custom_components.legrand_ews.ews.charging.wish_settings import (
    Solar,
    StationWish,
    WishSettings,
)
from custom_components.legrand_ews.ews.files import FileDialect, FileTree
from custom_components.legrand_ews.ews.model import Charger, Device, by_id
from custom_components.legrand_ews.ews.model.address import Address

from ..model_samples import SITE
from .space import CATALOGUE, CONFIGURED_AT, ENGLISH, content, open_archive, rows_of

PATH = "settings/GreenUpSettings.csv"
THREE_PHASE = Device(
    id=6,
    name="=Forecourt",
    gateway_id=1,
    address=Address(unit=12),
    model="059048",
    group_ids=(1,),
    is_priority=True,
)
CHARGER = Charger(id=7, name="Wallbox", phases=(3,), rated_a=20, circuit_id=1, lag_s=30)
GARAGE = replace(
    SITE,
    devices=by_id([*SITE.devices.values(), THREE_PHASE]),
    chargers=by_id([CHARGER]),
)
SETTINGS = ChargingSettings(
    meter=MeterSource(device_id=1),
    maximum_a=100,
    charging_a=80,
    feeders=(
        Feeder(
            id=1,
            name="Yard",
            maximum_a=40,
            charging_a=32,
            meter=MeterSource(entity_ids=("sensor.a", "sensor.b"), phases=(1, 3)),
        ),
        Feeder(id=2, name="Shed", maximum_a=16, charging_a=16, parent_id=1),
    ),
    places=MappingProxyType({4: StationPlace(circuit_id=1, rated_a=16, lag_s=20)}),
    hysteresis_percent=5,
    fallback=Fallback.PAUSE,
    wishes=WishSettings(
        stations=MappingProxyType({7: StationWish(solar=Solar.ONLY)}),
        external=ExternalLimit(safe_a=10, timeout_s=90),
    ),
    grid_entity="sensor.grid",
)
CIRCUITS = [
    "circuit,0,,,,,,,,,,1 | 2 | 3,1,,80,100,,,,",
    "circuit,1,Yard,,,,,,,,0,1 | 3,,sensor.a | sensor.b,32,40,,,,",
    "circuit,2,Shed,,,,,,,,1,,,,16,16,,,,",
]
STATIONS = [
    "device,4,Bay left,Roof,192.168.1.101,7,1,'0 590 32,,,1,2,,,,,16,20,no,",
    "device,6,'=Forecourt,Local,/dev/ttyUSB0,12,,'0 590 48,,First floor,0,1 | 2 | 3,,,,,,15,yes,",
    "charger,7,Wallbox,,,,,,,,1,3,,,,,20,30,no,",
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path, GARAGE)
    yield archive
    archive.close()


def tree(archive: Archive, dialect: FileDialect = ENGLISH) -> FileTree:
    return FileTree(
        GARAGE, CATALOGUE, archive, dialect, CONFIGURED_AT, charging=SETTINGS
    )


def test_both_files_are_listed(archive: Archive) -> None:
    listed = [entry.name for entry in tree(archive).entries("settings")]
    assert listed == ["General.csv", "GreenUpSettings.csv"]
    entry = tree(archive).find(PATH)
    assert entry.changed_at == CONFIGURED_AT
    assert entry.about_bytes == len(content(tree(archive), PATH))


def test_circuits_and_stations_have_a_row_each(archive: Archive) -> None:
    heading, *rows = rows_of(content(tree(archive), PATH))
    assert heading == [
        *("kind", "id", "name", "gateway", "host", "address", "position", "model"),
        *("load", "groups", "circuit", "phases", "meter", "sensors"),
        *("charging_a", "maximum_a", "rated_a", "lag_s", "priority", "value"),
    ]
    assert [",".join(row) for row in rows[:6]] == CIRCUITS + STATIONS


def test_all_that_is_set_can_be_read_back(archive: Archive) -> None:
    """Names lead into what is stored; the circuits have rows of their own."""
    _, *rows = rows_of(content(tree(archive), PATH))
    found = {row[2]: row[-1] for row in rows if row[0] == "setting"}
    assert found["hysteresis_percent"] == "5"
    assert found["is_enabled"] == "yes"
    assert found["fallback"] == "pause"
    assert found["wishes.external.timeout_s"] == "90"
    assert found["wishes.stations.7.solar"] == "only"
    assert found["grid_entity"] == "sensor.grid"
    assert found["external_entity"] == ""
    stored: dict[str, Any] = {}
    for name, value in found.items():
        *sections, key = name.split(".")
        place = stored
        for section in sections:
            place = place.setdefault(section, {})
        place[key] = plain(value)
    parts = {
        "meter": None,
        "maximum_a": 0,
        "charging_a": 0,
        "feeders": (),
        "places": {},
    }
    assert decode_settings(stored) == replace(SETTINGS, **parts)


def plain(text: str) -> object:
    words: dict[str, object] = {"yes": True, "no": False, "": None}
    return words.get(text, int(text) if text.isdecimal() else text)


def test_a_site_without_load_management_has_its_settings_at_rest(
    archive: Archive,
) -> None:
    files = FileTree(SITE, CATALOGUE, archive, FileDialect(), CONFIGURED_AT)
    text = content(files, PATH).decode("utf-8-sig")
    rows = text.split("\r\n")
    assert rows[1] == "circuit;0;;;;;;;;;;;;;0;0;;;;"
    assert rows[2].startswith("device;4;Bay left;Roof;192.168.1.101;7;1;")
    assert {row.split(";")[0] for row in rows[3:-1]} == {"setting"}
