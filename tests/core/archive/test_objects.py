"""Objects stay known after they were deleted (Q7)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.model import ObjectKind, by_id
from custom_components.legrand_ews.ews.timegrid import Span

from ..model_samples import REMOTE, SITE
from .samples import PARIS, sample, utc

NOW = utc("2026-03-01T10:00")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    return archive


def test_every_object_is_noted_with_its_places(archive: Archive) -> None:
    archive.remember_objects(SITE, NOW)
    known = {(item.kind, item.id): item for item in archive.objects()}
    for kind, objects in (
        (ObjectKind.GATEWAY, SITE.gateways),
        (ObjectKind.DEVICE, SITE.devices),
        (ObjectKind.LOAD, SITE.loads),
        (ObjectKind.GROUP, SITE.groups),
        (ObjectKind.BOARD, SITE.boards),
    ):
        assert {number for of, number in known if of is kind} == set(objects)
        for number, named in objects.items():
            assert known[kind, number].name == named.name
    lift = known[ObjectKind.DEVICE, REMOTE.id]
    assert (lift.group_ids, lift.board_id, lift.is_archived) == ((1,), 1, False)
    assert (lift.first_seen, lift.last_seen) == (NOW, NOW)


def test_a_deleted_device_is_archived_with_what_was_known_last(
    archive: Archive,
) -> None:
    archive.remember_objects(SITE, NOW)
    rest = [d for d in SITE.devices.values() if d.id not in {2, REMOTE.id}]
    renamed = replace(SITE.devices[2], name="Boiler")
    archive.remember_objects(replace(SITE, devices=by_id([*rest, renamed])), LATER)
    known = {
        item.id: item for item in archive.objects() if item.kind is ObjectKind.DEVICE
    }
    assert {number for number, item in known.items() if item.is_archived} == {REMOTE.id}
    assert known[REMOTE.id].name == REMOTE.name
    assert (known[REMOTE.id].first_seen, known[REMOTE.id].last_seen) == (NOW, LATER)
    assert known[2].name == "Boiler"
    assert (known[2].first_seen, known[2].last_seen) == (NOW, LATER)


def test_a_device_was_there_until_it_was_found_to_be_gone(archive: Archive) -> None:
    """Objects are noted when a site starts: it may have recorded for weeks since."""
    weeks = [NOW + timedelta(weeks=count) for count in range(4)]
    archive.remember_objects(SITE, weeks[0])
    for now in weeks[1:]:
        archive.remember_objects(replace(SITE, devices={}), now)
    gone = [item for item in archive.objects() if item.is_archived]
    assert {item.id for item in gone} == set(SITE.devices)
    assert {(item.first_seen, item.last_seen) for item in gone} == {
        (weeks[0], weeks[1])
    }


def test_a_device_that_comes_back_is_no_longer_archived(archive: Archive) -> None:
    archive.remember_objects(SITE, NOW)
    archive.remember_objects(replace(SITE, devices={}), NOW)
    archive.remember_objects(SITE, LATER)
    assert not any(item.is_archived for item in archive.objects())


def test_nothing_is_left_of_a_device_that_is_purged(archive: Archive) -> None:
    archive.remember_objects(SITE, NOW)
    archive.write([sample(NOW, 400, device=2), sample(NOW, 300, device=REMOTE.id)])
    with pytest.raises(ArchiveError) as raised:
        archive.purge(REMOTE.id)
    assert raised.value.key == "archive_device_in_use"
    rest = [d for d in SITE.devices.values() if d.id != REMOTE.id]
    archive.remember_objects(replace(SITE, devices=by_id(rest)), LATER)
    archive.purge(REMOTE.id)
    known = {x.id for x in archive.objects() if x.kind is ObjectKind.DEVICE}
    assert known == {device.id for device in rest}
    assert {total.device_id for total in archive.totals()} == {2}
    assert archive.quantities_of().keys() == {2}
    span = Span(NOW - timedelta(days=1), LATER)
    assert {x.device_id for x in archive.samples(span)} == {2}
    # Rollups that are derived anew agree.
    archive.rebuild_rollups()
    assert [x.amount_milli for x in archive.totals()] == [400]
