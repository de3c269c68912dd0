"""Files through the site: its columns are noted, its charts are files too (S176)."""

from dataclasses import replace
from pathlib import Path

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.consumption import ConsumptionQuery
from custom_components.legrand_ews.ews.files import (
    DataRequest,
    FileDialect,
    datalogger,
)
from custom_components.legrand_ews.ews.model import Installation, PredefinedLoad, by_id
from custom_components.legrand_ews.ews.site import Site

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING, LIGHTING, PARIS
from ..model_samples import METER, SITE
from .space import CATALOGUE, ENGLISH, every, rows_of

NOW = utc("2026-02-03T12:00")


def new_site(path: Path, installation: Installation) -> Site:
    return Site(installation, CATALOGUE, Archive(path, installation.zone))


def test_a_change_of_the_installation_is_a_new_version(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    small = replace(SITE, devices=by_id([METER]))
    for at, installation in (
        ("2026-02-02T08:00", small),
        ("2026-02-02T08:05", small),
        ("2026-02-03T09:00", SITE),
    ):
        site = new_site(path, installation)
        site.open(utc(at))
        site.close()
    archive = Archive(path, SITE.zone)
    archive.open()
    archive.write(every("2026-02-03T08:00", "2026-02-03T10:00", device=METER.id))
    archive.close()
    site = new_site(path, SITE)
    site.open(NOW)
    files = site.files(SITE, ENGLISH, NOW)
    names = [x.name for x in files.entries("energy") if x.name.startswith("devices")]
    assert names == ["devices_2026-02_0.csv", "devices_2026-02_1.csv"]
    headings = [
        rows_of(b"".join(files.open(f"energy/{name}")))[0][3:] for name in names
    ]
    assert headings == [["Main (1)"], ["Main (1)", "Lift (3)", "Annex lift (5)"]]
    site.close()


def test_predefined_loads_are_called_as_the_user_knows_them(tmp_path: Path) -> None:
    site = new_site(tmp_path / "archive.db", BUILDING)
    site.open(NOW)
    light = replace(BUILDING.loads[LIGHTING], name="Éclairage")
    named = replace(
        BUILDING,
        loads=by_id([*(x for x in BUILDING.loads.values() if x.id != LIGHTING), light]),
    )
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.write(every("2026-02-03T08:00", "2026-02-03T10:00"))
    archive.close()
    heading = rows_of(
        b"".join(site.files(named, ENGLISH, NOW).open("energy/loads_2026-02_0.csv"))
    )[0]
    assert f"Éclairage ({LIGHTING})" in heading
    request = DataRequest.from_request(
        {"kind": "load", "start": "2026-02-03", "end": "2026-02-03"}, PARIS
    )
    names = site.export_data(
        tmp_path / "reportdata.zip", request, named, ENGLISH, lambda _: None
    )
    assert names == ("report_energy_loads.csv",)
    site.close()


def test_a_chart_is_a_file_of_its_buckets(tmp_path: Path) -> None:
    site = new_site(tmp_path / "archive.db", BUILDING)
    site.open(NOW)
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.write(
        [
            sample("2026-02-01T23:00", 1_500, device=1),
            sample("2026-02-02T10:00", 2_000, device=1),
            sample("2026-02-03T10:00", 4_000_250, device=3),
        ]
    )
    archive.close()
    query = ConsumptionQuery.from_request(
        {"period": "month", "date": "2026-02-03"}, PARIS
    )
    found = site.get_consumption(query, NOW)
    site.close()
    names = {PredefinedLoad.LIGHTING: "Lighting"}
    rows = rows_of(datalogger(found, FileDialect(), names, "unmeasured"), ";")
    assert rows[0] == [
        *("\ufeffstart", "utc_offset", "Lighting (4) [Wh]", "others (7) [Wh]")
    ]
    assert len(rows) == 1 + 28
    assert rows[2] == ["2026-02-02 00:00:00", "+01:00", "3,5", ""]
    assert rows[3] == ["2026-02-03 00:00:00", "+01:00", "", "4000,25"]

    main = replace(found.asked.series[0], kind="rest", key=None, name="Main")
    rest = replace(found, asked=replace(found.asked, series=(main,)))
    heading = rows_of(datalogger(rest, FileDialect(), names, "unmeasured"), ";")[0]
    assert heading[2:] == ["Main, unmeasured (4) [Wh]"]
