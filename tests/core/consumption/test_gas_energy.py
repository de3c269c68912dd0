"""Gas as the energy it holds, with a factor that changes from day to day (S163)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import Installation
from custom_components.legrand_ews.ews.model.gas import (
    GasFactor,
    decode_gas_factors,
    encode_gas_factors,
)
from custom_components.legrand_ews.ews.timegrid import local_midnight

from ..archive.samples import TEN_MINUTES, sample
from .building import BUILDING, GAS, PARIS, ask, open_archive

DAYS = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 4, 1)]
M3 = 1_000_000
"""In thousandths of dm³."""


def with_factors(*rows: tuple[str | None, str]) -> Installation:
    written = [{"from": since, "kwh_per_m3": value} for since, value in rows]
    return replace(BUILDING, gas_factors=decode_gas_factors(written))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One cubic metre in the last ten minutes of a day, and two in the next ten."""
    archive = open_archive(Path(tmp_path_factory.mktemp("gas")))
    for day in DAYS:
        midnight = local_midnight(day, PARIS)
        archive.write(
            [
                sample(midnight - TEN_MINUTES, M3, device=5, quantity="gas_volume"),
                sample(midnight, 2 * M3, device=5, quantity="gas_volume"),
            ]
        )
    yield archive
    archive.close()


@pytest.mark.parametrize(
    ("factors", "fields", "wh"),
    [
        pytest.param([(None, "11.2")], {"date": "2026-03-29"}, 33_600, id="one"),
        pytest.param([(None, "11.2")], {"period": "year"}, 12 * 11_200, id="a year"),
        pytest.param(
            [(None, "10"), ("2026-03-29", "11")],
            {"period": "month", "date": "2026-03-01"},
            (1 + 2 + 1) * 10_000 + (2 + 1 + 2 + 1) * 11_000,
            id="it changes inside a month",
        ),
        pytest.param(
            [(None, "10"), ("2026-03-29", "11")],
            {"period": "10_years", "date": "2026-03-01"},
            (1 + 2 + 1) * 10_000 + (2 + 1 + 2 + 1 + 2) * 11_000,
            id="in one bar of a year both count",
        ),
        pytest.param(
            [("2026-03-29", "11"), ("2026-03-30", "12")],
            {"period": "10_years", "date": "2026-03-01"},
            (1 + 2 + 1 + 2 + 1) * 11_000 + (2 + 1 + 2) * 12_000,
            id="before the first day the first one counts (Q9)",
        ),
        pytest.param(
            [(None, "10"), ("2026-03-29", "11")],
            {
                "period": "custom",
                "start": "2026-03-28T23:55",
                "end": "2026-03-29T00:05",
            },
            5_000 + 11_000,
            id="the day begins at the site's midnight",
        ),
    ],
)
def test_energy_is_volume_times_the_factor_of_its_day(
    archive: Archive,
    factors: Sequence[tuple[str | None, str]],
    fields: Mapping[str, object],
    wh: int,
) -> None:
    site = with_factors(*factors)
    answer = ask(archive, site, fluid="gas_kwh", **fields)
    assert answer.as_dict()["unit"] == "Wh"
    assert answer.as_dict()["total"] == wh
    (series,) = answer.asked.series
    assert (series.kind, series.id) == ("load", GAS)


factors = st.decimals(
    min_value=Decimal("0.0001"), max_value=50, allow_nan=False, places=7
)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(DAYS), factors, max_size=4),
    factors,
    st.sampled_from(["hour", "day", "week", "month", "year"]),
)
def test_every_width_of_bucket_gives_the_same_energy(
    archive: Archive, changes: Mapping[date, Decimal], first: Decimal, bucket: str
) -> None:
    later = [GasFactor(since=day, kwh_per_m3=f) for day, f in sorted(changes.items())]
    every = (GasFactor(since=None, kwh_per_m3=first), *later)
    site = replace(BUILDING, gas_factors=every)

    def factor_on(day: date) -> Fraction:
        known = [f for f in every if f.since is None or f.since <= day]
        return Fraction(known[-1].kwh_per_m3)

    eves = [date.fromordinal(day.toordinal() - 1) for day in DAYS]
    expected = sum(M3 * factor_on(day) for day in eves) + sum(
        2 * M3 * factor_on(day) for day in DAYS
    )
    period = {"period": "year", "date": "2026-01-01", "bucket": bucket}
    assert ask(archive, site, fluid="gas_kwh", **period).asked.total_milli == expected


@given(
    st.lists(
        st.tuples(st.none() | st.dates(date(1980, 1, 1)), factors),
        unique_by=lambda row: row[0],
    )
)
def test_factors_survive_storage(rows: list[tuple[date | None, Decimal]]) -> None:
    ordered = sorted(rows, key=lambda row: row[0] or date.min)
    expected = tuple(GasFactor(since=day, kwh_per_m3=f) for day, f in ordered)
    written = [GasFactor(since=day, kwh_per_m3=f) for day, f in rows]
    assert decode_gas_factors(encode_gas_factors(written)) == expected


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([{"from": "soon", "kwh_per_m3": "11"}], "date_invalid"),
        ([{"kwh_per_m3": "eleven"}], "gas_factor_invalid"),
        ([{"kwh_per_m3": ""}], "gas_factor_invalid"),
        ([{}], "gas_factor_invalid"),
        ([{"kwh_per_m3": "NaN"}], "gas_factor_invalid"),
        ([{"kwh_per_m3": "0"}], "gas_factor_invalid"),
        ([{"kwh_per_m3": "-11"}], "gas_factor_invalid"),
        ([{"kwh_per_m3": "50.1"}], "gas_factor_invalid"),
        (
            [{"kwh_per_m3": "11"}, {"from": None, "kwh_per_m3": "12"}],
            "gas_factor_twice",
        ),
        (
            [
                {"from": "2026-01-01", "kwh_per_m3": "11"},
                {"from": "2026-01-01", "kwh_per_m3": "11"},
            ],
            "gas_factor_twice",
        ),
    ],
)
def test_factors_that_make_no_sense(rows: list[dict[str, object]], key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        decode_gas_factors(rows)
    assert (caught.value.key, caught.value.field) == (key, "gas_factor")


def test_a_decimal_comma_is_understood() -> None:
    (factor,) = decode_gas_factors([{"kwh_per_m3": " 11,2 "}])
    assert factor == GasFactor(since=None, kwh_per_m3=Decimal("11.2"))
