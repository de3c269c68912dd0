"""The façade: from a device's report to the answer of ``get_consumption``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.consumption import ConsumptionQuery
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import CorrectionKind, Quality
from custom_components.legrand_ews.ews.model import Installation
from custom_components.legrand_ews.ews.site import Site
from custom_components.legrand_ews.ews.timegrid import Span

from .consumption.building import BUILDING, LIGHTING, without

CATALOGUE = load_catalogue()
ENERGY = "active_energy_import"
START = datetime(2026, 3, 15, 9, tzinfo=UTC)
LENGTH = BUILDING.sample_length
MINUTE = timedelta(minutes=1)
NOW = START + timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def new_site(path: Path, installation: Installation = BUILDING) -> Site:
    return Site(installation, CATALOGUE, Archive(path, installation.zone))


@pytest.fixture
def site(path: Path) -> Iterator[Site]:
    site = new_site(path)
    site.open(START)
    yield site
    site.close()


def see(site: Site, when: datetime, energy_wh: int, device_id: int = 1) -> bool:
    reading = Reading(quantity=ENERGY, value=Decimal(energy_wh), read_at=when)
    return site.recording.observe(
        DeviceReport(
            device_id=device_id,
            at=when,
            status=DeviceStatus.ON,
            readings={ENERGY: reading},
        )
    )


def journal(site: Site, path: Path) -> list[tuple[CorrectionKind, int]]:
    """What the archive tells of counters, and what was booked for it."""
    site.close()
    archive = Archive(path, BUILDING.zone)
    archive.open()
    entries = archive.corrections(Span(START, NOW))
    archive.close()
    return [(entry.kind, entry.booked_milli) for entry in entries]


def lighting_wh(site: Site) -> object:
    answer = site.get_consumption(ConsumptionQuery(load=LIGHTING), NOW).as_dict()
    return answer["total"]


def test_what_a_meter_counts_is_consumed(site: Site) -> None:
    see(site, START, 5000)
    see(site, START + LENGTH, 5120)
    (sample,) = site.recording.close_interval(START + LENGTH)
    assert sample.amounts_milli == {ENERGY: 120_000}
    assert site.recording.waiting == 1
    assert lighting_wh(site) is None
    site.recording.write()
    assert site.recording.waiting == 0
    assert lighting_wh(site) == 120


def test_a_restarted_site_goes_on_where_it_was(site: Site, path: Path) -> None:
    see(site, START, 5000)
    see(site, START + LENGTH, 5120)
    site.recording.close_interval(START + LENGTH)
    site.recording.write()
    site.close()
    again = new_site(path)
    assert again.open(NOW) == {(1, ENERGY): 120_000}
    see(again, START + 2.5 * LENGTH, 5250)
    see(again, START + 3 * LENGTH, 5300)
    again.recording.close_interval(START + 3 * LENGTH)
    again.recording.write()
    assert lighting_wh(again) == 300
    again.close()


@pytest.mark.parametrize("is_killed", [False, True])
def test_an_exchange_of_an_open_interval_outlives_the_process(
    site: Site, path: Path, *, is_killed: bool
) -> None:
    see(site, START, 5000)
    site.recording.close_interval(START)
    see(site, START + MINUTE, 5040)
    site.recording.exchange_meter(
        1, ENERGY, Decimal(5100), Decimal(3), START + 2 * MINUTE
    )
    site.recording.write()
    if not is_killed:
        see(site, START + 3 * MINUTE, 8)
        site.recording.keep_counters()
        site.recording.write()
        site.close()
    again = new_site(path)
    again.open(NOW)
    see(again, START + 6 * MINUTE, 12)
    see(again, START + LENGTH, 20)
    (sample,) = again.recording.close_interval(START + LENGTH)
    # 100 Wh of the old meter, 17 Wh of the new one.
    assert sample.amounts_milli == {ENERGY: 117_000}
    assert sample.quality is Quality.EXCHANGED
    again.recording.write()
    assert journal(again, path) == [(CorrectionKind.EXCHANGE, 60_000)]


@pytest.mark.parametrize("is_killed", [False, True])
@pytest.mark.parametrize(
    ("shown", "kind", "booked_wh", "quality"),
    [
        # Until the reset the meter showed 40 Wh, after it 30.
        ([5, 6, 7], CorrectionKind.RESET, 70, Quality.PARTIAL),
        # Another meter: what it counted before it was read is unknown, then 25 Wh.
        (
            [900_000_005, 900_000_006, 900_000_007],
            CorrectionKind.EXCHANGE,
            65,
            Quality.EXCHANGED,
        ),
        # A misreading: nothing has happened in truth but 90 Wh.
        ([900_000_005, 5050, 5060], CorrectionKind.REJECTED, 90, Quality.PARTIAL),
    ],
)
def test_what_is_found_in_an_open_interval_is_told_once(
    site: Site,
    path: Path,
    shown: list[int],
    kind: CorrectionKind,
    booked_wh: int,
    quality: Quality,
    *,
    is_killed: bool,
) -> None:
    see(site, START, 5000)
    site.recording.close_interval(START)
    assert not see(site, START + MINUTE, 5040)
    site.recording.write()
    said = [see(site, START + (2 + n) * MINUTE, value) for n, value in enumerate(shown)]
    assert said.count(True) == 1
    site.recording.write()
    if not is_killed:
        site.recording.keep_counters()
        site.recording.write()
        site.close()
    again = new_site(path)
    again.open(NOW)
    last = 5090 if kind is CorrectionKind.REJECTED else shown[0] + 25
    see(again, START + 6 * MINUTE, last - 10)
    see(again, START + LENGTH, last)
    (sample,) = again.recording.close_interval(START + LENGTH)
    assert sample.amounts_milli == {ENERGY: booked_wh * 1000}
    assert sample.quality is quality
    again.recording.write()
    assert [one for one, _ in journal(again, path)] == [kind]


def test_what_cannot_be_written_is_written_later(site: Site, path: Path) -> None:
    see(site, START, 5000)
    see(site, START + LENGTH, 5120)
    site.recording.close_interval(START + LENGTH)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TRIGGER refusal BEFORE INSERT ON energy"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(ArchiveError):
        site.recording.write()
    assert site.recording.waiting == 1
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER refusal")
    site.recording.write()
    assert lighting_wh(site) == 120


def test_a_deleted_device_still_counts(site: Site, path: Path) -> None:
    see(site, START, 5000)
    see(site, START + LENGTH, 5120)
    site.recording.close_interval(START + LENGTH)
    site.recording.write()
    site.close()
    smaller = new_site(path, without(1))
    smaller.open(NOW)
    assert lighting_wh(smaller) == 120
    smaller.close()


def test_the_model_of_a_device_bounds_what_it_can_count(path: Path) -> None:
    """A misread value of a 63 A meter is rejected; without a model, 5 MW are believed."""
    key, model = next(
        (key, model)
        for key, model in CATALOGUE.models.items()
        if model.rated_power_w is not None
    )
    assert model.rated_power_w is not None
    devices = dict(BUILDING.devices)
    devices[1] = replace(devices[1], model=key)
    site = new_site(path, replace(BUILDING, devices=devices))
    site.open(START)
    jump_wh = 3 * model.rated_power_w
    for device_id in (1, 2):
        see(site, START, 5000, device_id)
        see(site, START + LENGTH - timedelta(minutes=1), 5000, device_id)
        see(site, START + LENGTH, 5000 + jump_wh, device_id)
    booked = {
        s.device_id: s.amounts_milli[ENERGY]
        for s in site.recording.close_interval(START + LENGTH)
    }
    assert booked == {1: 0, 2: jump_wh * 1000}
    site.close()


def test_the_archive_is_one_whole_file_after_a_checkpoint(
    site: Site, path: Path
) -> None:
    see(site, START, 5000)
    see(site, START + LENGTH, 5120)
    site.recording.close_interval(START + LENGTH)
    site.recording.write()
    assert site.upkeep.size_bytes() > path.stat().st_size
    site.upkeep.checkpoint()
    assert site.upkeep.size_bytes() == path.stat().st_size


def test_an_archive_that_cannot_be_opened_is_told(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError) as caught:
        new_site(path).open(START)
    assert caught.value.key == "archive_corrupt"


def test_a_meter_exchange_and_a_stuck_counter_pass_through(site: Site) -> None:
    see(site, START, 1_000)
    site.recording.close_interval(START)
    see(site, START + timedelta(minutes=1), 1_010)
    site.recording.exchange_meter(
        1, ENERGY, Decimal(1_020), Decimal(5), START + timedelta(minutes=2)
    )
    see(site, START + LENGTH, 15)
    (sample,) = site.recording.close_interval(START + LENGTH)
    # 20 Wh of the old meter, 10 Wh of the new one.
    assert sample.amounts_milli[ENERGY] == 30_000
    assert site.recording.stuck_counters == frozenset()
