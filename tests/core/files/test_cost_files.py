"""Costs in files: beside the amounts, cell by cell (S206, S213)."""

from collections.abc import Iterator
from decimal import Decimal
import io
import json
from pathlib import Path
import zipfile

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import Books, Ledgers
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.files import (
    DataRequest,
    FileDialect,
    FileTree,
    Record,
    write_download,
)
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings

from ..archive.samples import HOUR, TEN_MINUTES, sample, utc
from ..billing.priced import ask, settings_of
from ..consumption.building import BUILDING, LIGHTING, PARIS
from ..tariffs.plans import rule, tariff
from .space import (
    CATALOGUE,
    CONFIGURED_AT,
    ENGLISH,
    cells,
    every,
    open_archive,
    rows_of,
)

ELECTRICITY = "report_energy_devices_electricity.csv"
COSTS = "report_energy_devices_electricity_cost.csv"
RATES = ("sample", "15min", "hour", "day", "week", "month")
FLAT = settings_of(
    TariffBook.of(
        TariffPlan(
            fluid=Fluid.ELECTRICITY, tariffs=(tariff(1, "0.2345"),), rules=(rule(1),)
        )
    )
)
NIGHT_AND_DAY = settings_of(
    TariffBook.of(
        TariffPlan(
            fluid=Fluid.ELECTRICITY,
            tariffs=(tariff(1, "0.31"), tariff(2, "-0.17")),
            rules=(rule(1, "07:05", "21:44"), rule(2)),
        )
    )
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def ledgers(archive: Archive, known: BillingSettings) -> Ledgers:
    return Ledgers(Books(known, PARIS), archive)


def download(
    archive: Archive,
    folder: Path,
    known: BillingSettings,
    dialect: FileDialect = ENGLISH,
    **fields: object,
) -> dict[str, str]:
    request = DataRequest.from_request({"costs": True, **fields}, PARIS)
    path = folder / "reportdata.zip"
    priced = ledgers(archive, known)
    record = Record(BUILDING, archive)
    names = write_download(path, request, record, dialect, lambda _: None, priced)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as made:
        assert tuple(made.namelist()) == names
        return {name: made.read(name).decode() for name in names}


def tree(archive: Archive, known: BillingSettings) -> FileTree:
    priced = ledgers(archive, known)
    return FileTree(BUILDING, CATALOGUE, archive, ENGLISH, CONFIGURED_AT, priced)


def history() -> list[Sample]:
    """Two days; a meter that was away over an edge of hours, and one within one."""
    samples = every("2026-03-28T20:00", "2026-03-30T03:00", device=1)
    samples += every("2026-03-28T20:00", "2026-03-29T01:00", device=3, minutes=20)
    samples += every("2026-03-29T05:00", "2026-03-29T05:30", device=3)
    samples += every("2026-03-29T08:30", "2026-03-29T09:00", device=3)
    samples += [
        sample(start, 600_000, device=3, length=length, quality=Quality.RECOVERED)
        for start, length in (
            (utc("2026-03-29T05:30"), 3 * HOUR),
            (utc("2026-03-29T12:05"), 40 * TEN_MINUTES / 10),
        )
    ]
    return samples


@pytest.mark.parametrize("rate", RATES)
def test_every_cell_costs_what_its_amount_does(
    archive: Archive, tmp_path: Path, rate: str
) -> None:
    """Also where a gap's energy is left out; an empty cell stays empty."""
    archive.write_history(history())
    made = download(
        archive, tmp_path, FLAT, rate=rate, start="2026-03-27", end="2026-03-31"
    )
    amounts, costs = (rows_of(made[name].encode()) for name in (ELECTRICITY, COSTS))
    first = 3 if rate == "sample" else 2
    assert costs[0][first:] == [f"{heading} [EUR]" for heading in amounts[0][first:]]
    assert [row[:first] for row in costs[1:]] == [row[:first] for row in amounts[1:]]
    known = 0
    for amount_row, cost_row in zip(amounts[1:], costs[1:], strict=True):
        for amount, cost in zip(amount_row[first:], cost_row[first:], strict=True):
            assert (amount == "") == (cost == "")
            if amount:
                known += 1
                assert Decimal(cost) == Decimal(amount) * Decimal("0.0002345")
    assert known > 1


def away(start: str, milli: int, minutes: int) -> Sample:
    """What was counted while nothing could be read."""
    length = minutes * TEN_MINUTES / 10
    quality = Quality.RECOVERED
    return sample(start, milli, device=3, length=length, quality=quality)


def test_an_hour_with_parts_of_gaps_costs_what_its_samples_do(
    archive: Archive, tmp_path: Path
) -> None:
    """A gap counts where all of it lies; the night ends at 7:05 of local time.

    1.2 kWh from 6:50 to 7:10 and from 7:10 to 7:30: from 7:00 on 0.3 kWh at the price of
    the night and 1.5 kWh at that of the day. Of the gaps after them two lie each in an
    hour, and begin or end with it.
    """
    twenty = 2 * TEN_MINUTES
    archive.write_history(
        [
            sample("2026-03-29T04:50", 1_200_000, device=3, length=twenty),
            sample("2026-03-29T05:10", 1_200_000, device=3, length=twenty),
            away("2026-03-29T05:30", 9_000_000, 180),
            away("2026-03-29T12:00", 2_000_000, 20),
            sample("2026-03-29T12:20", 100_000, device=3),
            away("2026-03-29T12:50", 7_000_000, 80),
            sample("2026-03-29T14:10", 200_000, device=3),
            away("2026-03-29T14:40", 4_000_000, 20),
            sample("2026-03-29T15:00", 300_000, device=3),
        ]
    )
    made = download(
        archive,
        tmp_path,
        NIGHT_AND_DAY,
        rate="hour",
        start="2026-03-29",
        end="2026-03-29",
    )
    amounts, costs = (rows_of(made[name].encode())[1:] for name in (ELECTRICITY, COSTS))
    found = [
        (start[11:13], Decimal(amount) / 1000, Decimal(cost))
        for (start, _, amount), (_, _, cost) in zip(amounts, costs, strict=True)
        if amount
    ]
    day, night = Decimal("0.31"), Decimal("-0.17")
    assert found == [
        ("06", Decimal("0.6"), Decimal("0.6") * night),
        ("07", Decimal("1.8"), Decimal("0.3") * night + Decimal("1.5") * day),
        ("14", Decimal("2.1"), Decimal("2.1") * day),
        ("16", Decimal("4.2"), Decimal("4.2") * day),
        ("17", Decimal("0.3"), Decimal("0.3") * day),
    ]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(
    ("kind", "name", "headings"),
    [
        ("device", COSTS, ["Meter 1 (1)", "Meter 3 (3)"]),
        (
            "group",
            "report_energy_groups_electricity_cost.csv",
            ["Ground (1)", "First (2)"],
        ),
        ("load", "report_energy_loads_cost.csv", ["lighting (4)", "others (10)"]),
    ],
)
def test_rows_of_any_rate_cost_what_was_billed(
    archive: Archive,
    tmp_path: Path,
    rate: str,
    kind: str,
    name: str,
    headings: list[str],
) -> None:
    archive.write_history(
        one
        for number in (1, 3)
        for one in every("2026-03-28T20:00", "2026-03-30T03:00", device=number)
    )
    made = download(
        archive,
        tmp_path,
        NIGHT_AND_DAY,
        kind=kind,
        rate=rate,
        start="2026-03-23",
        end="2026-04-05",
    )
    heading, *rows = rows_of(made[name].encode())
    period = {"period": "custom", "start": "2026-03-23", "end": "2026-04-05"}
    by = ask(archive, NIGHT_AND_DAY, level=kind, **period).asked
    due = {series.energy.id: series.cost_total for series in by.series}
    for place, text in enumerate(heading):
        if not text.endswith(" [EUR]"):
            continue
        number = int(text.removesuffix(") [EUR]").rsplit("(", 1)[1])
        total = sum(Decimal(row[place]) for row in rows if row[place])
        assert total == Decimal(due[number] or 0).scaleb(-18)
    assert len(due) == len(headings)


def test_overall_costs_stand_beside_the_amounts(archive: Archive) -> None:
    archive.write_history(history())
    archive.write(
        every("2026-03-28T20:00", "2026-03-28T22:00", device=5, quantity="gas_volume")
    )
    files = tree(archive, NIGHT_AND_DAY)
    names = [entry.name for entry in files.entries("overallTotal")]
    assert names == ["cost_2026-03.csv", "values_2026-03.csv"]
    costs = cells(files, "overallTotal/cost_2026-03.csv")
    amounts = cells(files, "overallTotal/values_2026-03.csv")
    assert list(costs) == list(amounts)
    for row in costs.values():
        assert list(row) == ["start", "utc_offset", "electricity [EUR]"]
    # The 28th from 21:00: three quarters of an hour by day, the rest by night.
    day = [
        s for s in history() if s.device_id == 1 and s.start < utc("2026-03-28T23:00")
    ]
    day += [
        s for s in history() if s.device_id == 3 and s.start < utc("2026-03-28T23:00")
    ]
    due = Decimal(0)
    for one in day:
        milli = one.amounts_milli["active_energy_import"]
        length = one.length.total_seconds()
        inside = (utc("2026-03-28T20:45") - one.start).total_seconds()
        by_day = int(milli * min(max(inside, 0), length) // length)
        due += by_day * Decimal("0.31") - (milli - by_day) * Decimal("0.17")
    first = costs["2026-03-28 00:00:00+01:00"]["electricity [EUR]"]
    assert Decimal(first) == due / 1_000_000


def test_without_prices_there_are_no_costs(archive: Archive, tmp_path: Path) -> None:
    archive.write_history(history())
    free = settings_of()
    names = [x.name for x in tree(archive, free).entries("overallTotal")]
    assert names == ["values_2026-03.csv"]
    with pytest.raises(ConfigurationError) as caught:
        download(archive, tmp_path, free, start="2026-03-28", end="2026-03-31")
    assert (caught.value.key, caught.value.field) == ("costs_missing", "costs")
    assert not list(tmp_path.glob("reportdata*"))


def test_only_what_has_prices_has_a_twin(archive: Archive, tmp_path: Path) -> None:
    archive.write_history(history())
    archive.write(
        every("2026-03-28T20:00", "2026-03-28T22:00", device=5, quantity="gas_volume")
    )
    span = {"start": "2026-03-28", "end": "2026-03-31"}
    assert list(download(archive, tmp_path, FLAT, **span)) == [
        ELECTRICITY,
        COSTS,
        "report_energy_devices_gas.csv",
    ]
    plain = download(archive, tmp_path, FLAT, costs=False, **span)
    assert COSTS not in plain


def test_programs_get_costs_as_texts(archive: Archive, tmp_path: Path) -> None:
    archive.write([sample("2026-03-28T20:00", 1_000_000, length=HOUR)])
    made = download(
        archive,
        tmp_path,
        FLAT,
        kind="load",
        ids=[LIGHTING],
        rate="day",
        format="json",
        start="2026-03-28",
        end="2026-03-29",
    )
    told = json.loads(made["report_energy_loads_cost.json"])
    assert told["unit"] == "EUR"
    assert [row["values"] for row in told["rows"]] == [["0.2345"], [None]]
