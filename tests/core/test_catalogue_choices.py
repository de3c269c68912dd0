"""A model as the user's parameters make it: another map, another server's register."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Provenance,
    Space,
    ValueType,
    load_catalogue,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError

CATALOGUE = load_catalogue()

# registers.md 0.4: first choice and alternatives of the counters whose map is not sure.
CHOICES = {
    "ime_counter": {
        *("412081", "412083", "412074", "412075", "412091", "412041", "412043"),
    },
    "soco_counter": {"004677", "004679", "004680", "004683", "004684", "004686"},
    "ime_conto_d2": {"412068"},
}
OFFERED = {
    "ime_counter": ("ime_counter", "ime_5000", "ime_0300"),
    "soco_counter": ("soco_counter", "ime_0300", "ime_counter"),
    "ime_conto_d2": ("ime_conto_d2", "ime_counter"),
}


def test_counters_whose_map_is_not_sure_offer_others() -> None:
    for model in CATALOGUE.models.values():
        specs = [spec for spec in model.parameters if spec.name == "map"]
        is_listed = model.key in CHOICES.get(model.map_key, set())
        assert len(specs) == is_listed
        for spec in specs:
            assert spec.choices == OFFERED[model.map_key]
            assert spec.default == model.map_key


@pytest.mark.parametrize(
    ("number", "chosen"),
    [
        pytest.param(number, chosen, id=f"{number}-{chosen}")
        for own, numbers in CHOICES.items()
        for number in sorted(numbers)
        for chosen in OFFERED[own]
    ],
)
def test_a_chosen_map_is_the_one_that_is_read(number: str, chosen: str) -> None:
    model = CATALOGUE.model_of(number, {"map": chosen})
    known = CATALOGUE.models[number]
    assert CATALOGUE.map_of(model).key == chosen
    assert "active_energy_import" in model.quantities
    assert set(model.quantities) <= set(known.quantities)
    assert set(model.headline) <= set(model.quantities)
    supplied = {
        quantity
        for block in CATALOGUE.blocks_of(model)
        for quantity in block.quantities
    }
    assert set(model.quantities) <= supplied


@pytest.mark.parametrize(
    ("number", "parameters"),
    [
        ("412041", {}),
        ("412041", {"map": "ime_counter"}),
        ("412041", {"map": "greenup"}),  # not offered for it
        ("412045", {"map": "ime_0300"}),
    ],
)
def test_nothing_changes_without_a_choice(
    number: str, parameters: Mapping[str, str]
) -> None:
    assert CATALOGUE.model_of(number, parameters) is CATALOGUE.models[number]


def test_an_unknown_model_has_no_form() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.model_of("999999", {})


# T1d: each value at its own address, four further on than the last.
PACKED = [
    ("voltage_l1", 0x0301, "0.001"),
    ("voltage_l3", 0x0309, "0.001"),
    ("current_l1", 0x030D, "0.001"),
    ("current_l3", 0x0315, "0.001"),
    ("active_power", 0x0319, None),
    ("active_energy_import", 0x0325, None),
    ("voltage_l3_l1", 0x0331, "0.001"),
    ("frequency", 0x0339, "0.1"),
    ("power_factor", 0x033D, "0.01"),
    ("power_factor_sector", 0x033F, "1"),
    ("reactive_energy_import", 0x0343, None),
    ("sign_active_power", 0x0347, "1"),
    ("sign_reactive_power", 0x034C, "1"),
    ("current_n", 0x0359, "0.001"),
    ("active_power_l2", 0x0361, None),
    ("sign_active_power_l3", 0x036B, "1"),
    ("reactive_power_l1", 0x036C, None),
    ("sign_reactive_power_l2", 0x0379, "1"),
]


@pytest.mark.parametrize(("name", "address", "factor"), PACKED)
def test_an_older_counter_is_asked_value_by_value(
    name: str, address: int, factor: str | None
) -> None:
    (block,) = (
        block
        for block in CATALOGUE.maps["ime_0300"].blocks
        if name in {field.name for field in block.fields}
    )
    field = next(field for field in block.fields if field.name == name)
    assert field.address == address
    if field.quantity is not None:
        assert block.address == address
        assert block.words == field.type.words
    # notes 1 and 2 of T1: 0.01 W and 10 Wh without transformers
    direct = {"ct": Decimal(1), "vt": Decimal(1)}
    by_ratio = "0.01" if "power" in name else "10"
    assert field.scale.factor(1, direct) == Decimal(factor or by_ratio)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        *(("current_l1", 0x5000), ("current_l3", 0x5004)),
        *(("voltage_l1", 0x501D), ("voltage_l3", 0x5021)),
    ],
)
def test_only_currents_and_voltages_of_a_newer_counter_are_observed(
    name: str, address: int
) -> None:
    """T4: FC 04, in thousandths; 0x7FFFFFFF and 0xFFFFFFFF are no values."""
    fields = {
        field.name: (block.space, field)
        for block in CATALOGUE.maps["ime_5000"].blocks
        for field in block.fields
    }
    space, field = fields[name]
    assert (space, field.address, field.type) == (Space.INPUT, address, ValueType.U32)
    assert field.scale.factor(1, {}) == Decimal("0.001")
    assert field.not_available == {0x7FFFFFFF, 0xFFFFFFFF}
    observed = {
        key for key, (_, f) in fields.items() if f.provenance is Provenance.OBSERVED
    }
    assert observed == {f"{x}_l{n}" for x in ("current", "voltage") for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("model", "remote_id"),
    [
        ("x_wsmeasure_device", "10012"),
        ("x_wsmeasure_device", "19999"),
        ("x_wsmeasure_load", "20003"),
        ("x_wsmeasure_group", "39999"),
    ],
)
def test_a_remote_id_is_a_register_of_the_other_server(
    model: str, remote_id: str
) -> None:
    """T11, S131-S133: two words, u32, Wh."""
    parameters = {"remote_id": remote_id, "function": "3", "words": "2", "factor": "1"}
    (block,) = CATALOGUE.blocks_of(CATALOGUE.models[model], parameters)
    (field,) = block.fields
    assert (block.space, block.address, block.words) == (
        *(Space.HOLDING, int(remote_id), 2),
    )
    assert (field.quantity, field.type) == ("active_energy_import", ValueType.U32)
    assert field.scale.factor(1, {}) == 1
    assert field.provenance is Provenance.ASSUMED


def test_all_loads_have_a_fixed_remote_id() -> None:
    """S134; function, words and factor can be set (T11)."""
    model = CATALOGUE.models["x_wsmeasure_all"]
    given = {"function": "4", "words": "4", "factor": "1000"}
    (block,) = CATALOGUE.blocks_of(model, given)
    assert (block.space, block.address, block.words) == (Space.INPUT, 29999, 4)
    assert block.fields[0].scale.factor(1, {}) == 1000


@pytest.mark.parametrize("text", ["", "9999", "40000", "1A2B", "-10000", "²0000"])
def test_a_wrong_remote_id_is_refused_at_its_field(text: str) -> None:
    model = CATALOGUE.models["x_wsmeasure_device"]
    with pytest.raises(ConfigurationError) as caught:
        CATALOGUE.blocks_of(model, {"remote_id": text})
    assert caught.value.field == "remote_id"


@pytest.mark.parametrize(
    ("model", "first", "last"),
    [
        ("x_wsmeasure_device", 10000, 19999),
        ("x_wsmeasure_load", 20000, 29998),
        ("x_wsmeasure_group", 30000, 39999),
    ],
)
def test_remote_ids_have_their_range(model: str, first: int, last: int) -> None:
    """S131-S133."""
    asked = {spec.name: spec for spec in CATALOGUE.models[model].parameters}
    assert (asked["remote_id"].minimum, asked["remote_id"].maximum) == (first, last)
    assert asked["remote_id"].is_required
