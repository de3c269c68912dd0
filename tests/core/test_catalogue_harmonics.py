"""Harmonics in a map's data file: where they stand, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.catalogue import Space, load_catalogue
from custom_components.legrand_ews.ews.errors import CatalogueError

MAP = """\
key: my_meter
title_en: My meter
title_fr: Mon compteur
provenance: documented
confidence: high
sources: [a paper]
blocks:
  - key: main
    address: 0x2000
    words: 2
    fields:
      - {quantity: active_energy_import, address: 0x2000, type: u32}
harmonics:
  - key: current
    space: input
    address: 0x3000
    series: ["current_{phase}", current_n]
    ranks: {first: 2, step: 1, count: 39}
    scale: 0.01
    not_available: [0x8000]
  - {key: voltage, address: 0x4000, series: ["voltage_{pair}"], ranks: {first: 3, step: 2, count: 4}, type: u32}
"""
MODELS = """\
groups:
  - family: generic
    map: my_meter
    provenance: documented
    confidence: high
    quantities: [ea_imp]
    models:
      my_one: {printed: One, description_en: One, description_fr: Une, harmonics: [voltage]}
      my_other: {printed: Other, description_en: Other, description_fr: Autre}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my_meter.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "models.yaml").write_text(MODELS, encoding="utf-8")
    return tmp_path


def test_series_stand_one_after_the_other(folder: Path) -> None:
    current, voltage = load_catalogue(folder).maps["my_meter"].harmonics
    assert current.space is Space.INPUT
    assert current.ranks == tuple(range(2, 41))
    assert [current.address_of(x) - 0x3000 for x in current.series] == [
        *(0, 39, 78, 117),
    ]
    assert current.end == 0x3000 + 4 * 39
    assert current.multiplier == Decimal("0.01")
    assert voltage.series == ("voltage_l1_l2", "voltage_l2_l3", "voltage_l3_l1")
    assert (voltage.ranks, voltage.words) == ((3, 5, 7, 9), 8)


def test_a_model_names_the_blocks_it_has(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    found = {
        key: [block.key for block in catalogue.harmonics_of(catalogue.models[key])]
        for key in ("my_one", "my_other", "014669", "004676", "x_pulse_gas")
    }
    assert found == {
        "my_one": ["voltage"],
        "my_other": [],
        "014669": ["current", "phase_to_phase", "phase_to_neutral"],
        "004676": [],
        "x_pulse_gas": [],
    }


@pytest.mark.parametrize(
    ("right", "wrong", "key", "field"),
    [
        ("scale: 0.01", "factor: 0.01", "unknown_field", "harmonics[0].factor"),
        ("scale: 0.01", "scale: 0", "value", "harmonics[0].scale"),
        ("scale: 0.01", "type: bit", "value", "harmonics[0].type"),
        ("space: input", "space: coil", "value", "harmonics[0].type"),
        ("current_n]", "current_x]", "reference", "harmonics[0].series[1]"),
        ("current_n]", "current_l1]", "duplicate", "harmonics[0].series[1]"),
        ('series: ["current_{phase}", current_n]', "series: []", "missing", None),
        ("count: 39", "count: 0", "value", "harmonics[0].ranks.count"),
        ("count: 39", "count: 99", "value", "harmonics[0].ranks.count"),
        ("first: 2, step: 1", "first: 0, step: 1", "value", "harmonics[0].ranks.first"),
        ("first: 2, step: 1", "from: 2", "unknown_field", "harmonics[0].ranks.from"),
        ("address: 0x3000", "address: 0xFFF0", "value", "harmonics[0].address"),
        (
            "count: 4}, type: u32",
            "count: 40}, type: u64",
            "value",
            "harmonics[1].ranks",
        ),
        ("key: voltage", "key: current", "duplicate", "harmonics[1]"),
    ],
)
def test_wrong_harmonics_are_refused_at_their_place(
    folder: Path, right: str, wrong: str, key: str, field: str | None
) -> None:
    text = MAP.replace(right, wrong, 1)
    assert text != MAP
    (folder / "my_meter.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.key == f"catalogue_{key}"
    assert caught.value.field == (field or "harmonics[0].series")


def test_a_model_cannot_name_harmonics_that_its_map_lacks(folder: Path) -> None:
    text = MODELS.replace("[voltage]", "[voltage, power]")
    (folder / "models.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.key == "catalogue_reference"
    assert caught.value.field == "groups[0].models.my_one.harmonics[1]"
