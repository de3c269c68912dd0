"""``eqcheck/``: a line a week and device, a new version with another device (S202)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.files import FileDialect, FileTree, rosters_of
from custom_components.legrand_ews.ews.model import Device, Installation, by_id
from custom_components.legrand_ews.ews.power_quality import check_due, week_of

from ..archive.samples import utc
from ..model_samples import LOCAL, METER, SITE
from ..power_quality.weeks import recorded
from .space import CATALOGUE, CONFIGURED_AT, ENGLISH, content, rows_of

OTHER = replace(
    METER, id=8, name="=Main; annex", address=replace(METER.address, unit=6)
)
ZONE = SITE.zone
FIRST = week_of(date(2026, 12, 16), ZONE)
SECOND = week_of(date(2026, 12, 23), ZONE)
LAST = week_of(date(2026, 12, 31), ZONE)
"""Week 53: it ends in 2027."""


def chosen(device: Device | None) -> Installation:
    number = None if device is None else device.id
    return replace(
        SITE,
        gateways=SITE.gateways | {LOCAL.id: replace(LOCAL, eq_device_id=number)},
        devices=by_id([*SITE.devices.values(), OTHER]),
    )


def choose(archive: Archive, device: Device | None, at: datetime) -> Installation:
    installation = chosen(device)
    archive.remember_rosters(rosters_of(installation, CATALOGUE), at)
    return installation


def space(
    folder: Path,
    choices: Sequence[tuple[Device | None, datetime]],
    dialect: FileDialect = ENGLISH,
) -> FileTree:
    """Three weeks of two meters, each checked a quarter of an hour after its end."""
    archive = Archive(folder / "archive.db", ZONE)
    archive.open()
    waiting = list(choices)
    installation = chosen(None)
    for week in (FIRST, SECOND, LAST):
        for device in {x.id: x for x, _ in choices if x is not None}.values():
            bad = {"voltage_l1": 253.25} if week == SECOND else None
            archive.write_history(recorded(week, bad=bad, times=1, device=device.id))
        while waiting and waiting[0][1] < week.end:
            installation = choose(archive, *waiting.pop(0))
        check_due(installation, archive, week.end + timedelta(minutes=15))
    archive.remember_objects(installation, CONFIGURED_AT)
    return FileTree(installation, CATALOGUE, archive, dialect, CONFIGURED_AT)


def names(files: FileTree) -> list[str]:
    return [entry.name for entry in files.entries("eqcheck")]


def test_a_line_a_week(tmp_path: Path) -> None:
    files = space(tmp_path, [(METER, FIRST.start)])
    assert names(files) == ["eqcheck_2026_0.csv"]
    heading, *rows = rows_of(content(files, "eqcheck/eqcheck_2026_0.csv"))
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [row["week"] for row in found] == ["2026-W51", "2026-W52", "2026-W53"]
    assert [row["result"] for row in found] == ["ok", "ko", "ok"]
    second = found[1]
    assert second["start"] == "2026-12-21 00:00:00"
    assert second["utc_offset"] == "+01:00"
    assert (second["device"], second["device_id"]) == ("Main", str(METER.id))
    assert second["edition"] == "en_50160_2010"
    assert second["intervals"] == "1008"
    assert heading[8:13] == [
        *("frequency_result", "frequency_n", "frequency_n_out", "frequency_n_beyond"),
        "frequency_worst [Hz]",
    ]
    assert [
        second[f"voltage_l1_{x}"] for x in ("result", "n", "n_out", "n_beyond")
    ] == [*("ko", "1008", "1", "1")]
    assert second["voltage_l1_worst [V]"] == "253.25"
    assert second["voltage_l2_result"] == "ok"
    assert second["thd_voltage_l3_worst [%]"] == "2"
    assert second["harmonics_result"] == "not_evaluated"
    assert second["flicker_worst"] == ""


def test_the_version_rises_with_another_device(tmp_path: Path) -> None:
    """A week belongs to the device that was chosen when it ended."""
    files = space(
        tmp_path,
        [
            (METER, FIRST.start),
            (None, SECOND.start + timedelta(days=1)),
            (OTHER, SECOND.start + timedelta(days=2)),
        ],
    )
    assert names(files) == ["eqcheck_2026_0.csv", "eqcheck_2026_1.csv"]
    first = rows_of(content(files, "eqcheck/eqcheck_2026_0.csv"))
    assert [(row[0], row[4]) for row in first[1:]] == [("2026-W51", str(METER.id))]
    second = rows_of(content(files, "eqcheck/eqcheck_2026_1.csv"))
    assert [(row[0], row[3], row[4]) for row in second[1:]] == [
        ("2026-W52", "'=Main; annex", "8"),
        ("2026-W53", "'=Main; annex", "8"),
    ]


def test_the_same_device_again_is_no_new_version(tmp_path: Path) -> None:
    files = space(
        tmp_path,
        [
            (METER, FIRST.start),
            (None, SECOND.start),
            (METER, SECOND.start + timedelta(days=1)),
        ],
    )
    assert names(files) == ["eqcheck_2026_0.csv"]


def test_the_file_in_the_separators_of_the_user(tmp_path: Path) -> None:
    files = space(tmp_path, [(METER, FIRST.start)], FileDialect())
    text = content(files, "eqcheck/eqcheck_2026_0.csv").decode("utf-8-sig")
    assert ";253,25;" in text.splitlines()[2]


def test_nothing_was_checked(tmp_path: Path) -> None:
    files = space(tmp_path, [])
    assert names(files) == []
    assert files.find("eqcheck").is_folder


def test_when_the_file_was_changed(tmp_path: Path) -> None:
    files = space(tmp_path, [(METER, FIRST.start)])
    (entry,) = files.entries("eqcheck")
    assert entry.changed_at == LAST.end == utc("2027-01-03T23:00")
    length = len(content(files, "eqcheck/eqcheck_2026_0.csv"))
    assert length / 4 < entry.about_bytes < length * 4
