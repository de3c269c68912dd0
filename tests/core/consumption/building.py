"""A small building whose consumption tests ask for.

Devices: 1 lighting (groups 1 and 2), 2 heating (group 1), 3 without a load (group 2),
4 a sub-meter of 2 that is excluded from totals, 5 gas, 6 behind the other board.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.consumption import (
    Consumption,
    ConsumptionQuery,
    Directory,
    answer_query,
)
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    PanelBoard,
    PredefinedLoad,
    TcpLink,
    by_id,
)
from custom_components.legrand_ews.ews.model.grouping import PREDEFINED_LOAD_IDS

from ..archive.samples import utc

PARIS = ZoneInfo("Europe/Paris")
LIGHTING = PREDEFINED_LOAD_IDS[PredefinedLoad.LIGHTING]
HEATING = PREDEFINED_LOAD_IDS[PredefinedLoad.HEATING]
OTHERS = PREDEFINED_LOAD_IDS[PredefinedLoad.OTHERS]
GAS = PREDEFINED_LOAD_IDS[PredefinedLoad.GAS]
LIFTS = 10
NOW = utc("2026-03-15T12:03")


def device(
    number: int,
    *,
    load: int | None = None,
    groups: tuple[int, ...] = (),
    gateway: int = 1,
    is_excluded: bool = False,
    upstream: int | None = None,
) -> Device:
    return Device(
        id=number,
        name=f"Meter {number}",
        gateway_id=gateway,
        address=Address(unit=number),
        model=None,
        load_id=load,
        group_ids=groups,
        is_excluded_from_totals=is_excluded,
        upstream_device_id=upstream,
    )


BUILDING = Installation(
    name="Town hall",
    zone=PARIS,
    gateways=by_id(
        [
            Gateway(id=1, name="Cellar", link=TcpLink(host="10.0.0.1"), board_id=1),
            Gateway(id=2, name="Roof", link=TcpLink(host="10.0.0.2"), board_id=2),
            Gateway(id=3, name="Yard", link=TcpLink(host="10.0.0.3")),
        ]
    ),
    boards=by_id([PanelBoard(id=1, name="Main"), PanelBoard(id=2, name="Top")]),
    groups=by_id([MeasureGroup(id=1, name="Ground"), MeasureGroup(id=2, name="First")]),
    loads=by_id(
        [
            *(
                Load(id=number, name=key.value, color=f"#00000{number}", key=key)
                for key, number in PREDEFINED_LOAD_IDS.items()
            ),
            Load(id=LIFTS, name="Lifts", color="#123456"),
        ]
    ),
    devices=by_id(
        [
            device(1, load=LIGHTING, groups=(1, 2)),
            device(2, load=HEATING, groups=(1,)),
            device(3, groups=(2,)),
            device(4, load=HEATING, groups=(1,), is_excluded=True),
            device(5, load=GAS),
            device(6, load=LIFTS, gateway=2),
            device(7, load=LIFTS, gateway=3),
        ]
    ),
)


def without(*numbers: int) -> Installation:
    """The building after the user deleted some devices."""
    rest = [d for d in BUILDING.devices.values() if d.id not in numbers]
    return replace(BUILDING, devices=by_id(rest))


def open_archive(folder: Path, installation: Installation = BUILDING) -> Archive:
    archive = Archive(folder / "archive.db", installation.zone)
    archive.open()
    archive.remember_objects(installation, NOW)
    return archive


def ask(
    archive: Archive,
    installation: Installation = BUILDING,
    now: datetime = NOW,
    **fields: object,
) -> Consumption:
    return answer_query(
        ConsumptionQuery.from_request(fields, installation.zone),
        installation=installation,
        directory=Directory(installation, archive.objects()),
        source=archive,
        now=now,
    )


def series_of(consumption: Consumption) -> Mapping[int, int | None]:
    """Total of each series in Wh, by number."""
    return {
        series.id: None if series.total_milli is None else series.total_milli // 1000
        for series in consumption.asked.series
    }


HOUR = timedelta(hours=1)
