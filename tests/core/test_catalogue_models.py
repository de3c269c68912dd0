"""Every promised device can be chosen and yields exactly what was promised."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Catalogue,
    Confidence,
    Connection,
    ParameterKind,
    Provenance,
    load_catalogue,
)
from custom_components.legrand_ews.ews.model import PredefinedLoad, PulseInput
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Fluid

PROMISED = Path(__file__).parent / "data" / "promised_devices.csv"
PHASES = ("l1", "l2", "l3")

# Codes of the device list and what they mean on one phase, or in total.
ANY = {
    "ea_imp": ["active_energy_import"],
    "ea_exp": ["active_energy_export"],
    "er_imp": ["reactive_energy_import"],
    "er_exp": ["reactive_energy_export"],
    "es": ["apparent_energy"],
    "ea_part": ["active_energy_import_partial"],
    "er_part": ["reactive_energy_import_partial"],
    "p": ["active_power"],
    "q": ["reactive_power"],
    "s": ["apparent_power"],
    "pf": ["power_factor", "power_factor_sector"],
    "v_ln": ["voltage_l1"],
    "i": ["current_l1"],
    "i_n": ["current_n"],
    "f": ["frequency"],
    "hours": ["run_hours"],
    "temp": ["temperature"],
    "volume_gas": ["gas_volume"],
    "volume_water": ["water_volume"],
    "pulse": [],  # the inputs of a concentrator belong to the meters behind it
    "id": [],  # shown when a device is tested
    "cmd": [],  # see test_catalogue_commands
    # harmonics are read on request and are no quantities
    "harm_i": [],
    "harm_u": [],
    "harm_v": [],
}
HARMONICS = {
    "harm_i": "current",
    "harm_u": "phase_to_phase",
    "harm_v": "phase_to_neutral",
}
THREE = ANY | {
    "p_ph": [f"active_power_{x}" for x in PHASES],
    "q_ph": [f"reactive_power_{x}" for x in PHASES],
    "s_ph": [f"apparent_power_{x}" for x in PHASES],
    "pf_ph": [f"power_factor{y}_{x}" for x in PHASES for y in ("", "_sector")],
    "v_ln": [f"voltage_{x}" for x in PHASES],
    "v_ll": ["voltage_l1_l2", "voltage_l2_l3", "voltage_l3_l1"],
    "i": [f"current_{x}" for x in PHASES],
    "thd_v": [f"thd_voltage_{x}" for x in PHASES],
    "thd_u": ["thd_voltage_l1_l2", "thd_voltage_l2_l3", "thd_voltage_l3_l1"],
    "thd_i": [f"thd_current_{x}" for x in PHASES],
    "avg": [
        *("active_power_average", "reactive_power_average", "apparent_power_average"),
        *(f"current_{x}_average" for x in PHASES),
    ],
    "demand": [
        "active_power_maximum",
        "reactive_power_maximum",
        "apparent_power_maximum",
    ],
    "min": [f"voltage_{x}_minimum" for x in PHASES],
    "max": [f"{y}_{x}_maximum" for x in PHASES for y in ("current", "voltage")],
}
BOTH_PARTIALS = {
    "ea_part": ["active_energy_import_partial", "active_energy_export_partial"],
    "er_part": ["reactive_energy_import_partial", "reactive_energy_export_partial"],
}
POWER_MAXIMA = THREE["demand"]
# Table T8, word 0x3000 and those after it.
BREAKER = {
    "st_oc": ["breaker_state", "prealarm", "internal_fault", "earth_fault_alarm"],
    "st_trip": ["breaker_state", "operation_count", "rated_current"],
    "trip_cause": ["trip_cause", "trip_current", "trip_count"],
}
# Table T10.2; the station is known to have more than the original server showed. It has
# no energy counter (T10.1), so none is promised.
STATION = {
    "st_station": [
        *("station_state", "plug_in_use", "rated_current", "session_state", "ev_plug"),
        *("current_limit", "station_temperature", "active_power"),
    ],
    "st_charge": [
        *("charge_state", "session_energy", "session_charge", "session_duration"),
    ],
    "err_station": ["station_error"],
    "err_charge": ["charge_error"],
}
SETTINGS = ("normal_state", "mode", "on_time")
# Where a map knows more or less than the code says in general.
OF_MAP = {
    # maxima of averages stand for maximum demand there (table T2.4)
    "soco_c550": BOTH_PARTIALS | {"max": [*THREE["max"], *POWER_MAXIMA]},
    "soco_counter": BOTH_PARTIALS,
    "legrand_breaker": BREAKER,
    "ems_state": {
        "st_oc": ["contact_state"],
        "st_trip": ["fault_trip"],
        "di": ["input_1", "input_2", "input_3"],
    },
    "ems_command": {
        "st_oc": ["contact_state"],
        "relay": ["output_1"],
        "do": ["output_1", "output_2"],
    },
    "legrand_io": {
        "di": [f"input_{n}" for n in range(1, 9)],
        "ai": ["analogue_input_1", "analogue_input_2"],
        "do": [f"output_{n}" for n in range(1, 7)]
        + [f"output_{n}_{setting}" for n in range(1, 7) for setting in SETTINGS],
    },
    # no sector of the single phases in table T7a
    "ems_measure": {"pf_ph": [f"power_factor_{x}" for x in PHASES]},
}


def tariffs(active: int, reactive: int) -> list[str]:
    return [f"active_energy_import_t{n}" for n in range(1, active + 1)] + [
        f"reactive_energy_import_t{n}" for n in range(1, reactive + 1)
    ]


# Tables T2.3 and T2.4: tariffs in use, words that one model keeps reserved.
OF_DEVICE = {
    "004676": {
        "tariff": tariffs(2, 2),
        "max": [*(f"current_{x}_maximum" for x in PHASES), *POWER_MAXIMA],
    },
    # Table T1.5: four inputs; 0x106F: the states of relays
    "412053": {
        "di": [f"input_{n}" for n in range(1, 5)],
        "relay": [f"output_{n}" for n in range(1, 5)],
    },
    # Table T2.4, 0xCB01 and 0xCB03
    "014669": {
        "di": [f"input_{n}" for n in range(1, 7)],
        "do": [f"output_{n}" for n in range(1, 7)],
    },
    "004677": {"tariff": tariffs(2, 2)},
    "004679": {"tariff": tariffs(2, 2)},
    "004680": {"tariff": tariffs(4, 4)},
    "004683": {"tariff": tariffs(4, 4)},
    "004684": {"tariff": tariffs(4, 0)},
    "004686": {"tariff": tariffs(4, 0)},
}
# Promised, but no register is known or no quantity exists for it yet.
LATER = {
    "412053": {"crest", "harm_v", "harm_i", "pulse_in"},
    "014669": {"min", "pulse_in", "alarm_log"},
    "004687": {"di"},
    "410659": {"harm_v", "harm_i"},
    "414940": {"alarm_log"},
}


def of_station(row: dict[str, str]) -> list[str]:
    """Return what a station has by its phases and plugs."""
    catalogue = load_catalogue()
    text = catalogue.models[row["number"]].description_en
    phases = PHASES if row["connection"] == "three" else PHASES[:1]
    values = [f"{kind}_{phase}" for kind in ("current", "voltage") for phase in phases]
    return values if "mode 3" in text else [*values, "domestic_plug"]


def promised() -> list[dict[str, str]]:
    with PROMISED.open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_the_list_is_complete(catalogue: Catalogue) -> None:
    assert sorted(row["number"] for row in promised()) == sorted(catalogue.models)


@pytest.mark.parametrize("row", promised(), ids=lambda row: row["number"])
def test_a_device_has_what_was_promised(
    catalogue: Catalogue, row: dict[str, str]
) -> None:
    number = row["number"]
    model = catalogue.models[number]
    later = LATER.get(number, set())
    codes = set(row["quantities"].split(";")) - later
    if "pulse_in" in codes:  # an input for another meter
        codes.remove("pulse_in")
        assert model.positions == 1
    meaning = THREE if row["connection"].startswith(("three", "single_or")) else ANY
    meaning = meaning | OF_MAP.get(row["map"], {}) | OF_DEVICE.get(number, {})
    if row["map"] == "greenup" and row["functions"] != "interface":
        meaning = meaning | STATION | {"id": of_station(row)}
    expected = {name for code in codes for name in meaning[code]}
    assert set(model.quantities) == expected
    assert len(model.quantities) == len(expected)
    assert set(model.unserved) == later
    assert set(model.harmonics) == {HARMONICS[code] for code in codes & set(HARMONICS)}


@pytest.mark.parametrize("row", promised(), ids=lambda row: row["number"])
def test_a_device_is_described_as_listed(
    catalogue: Catalogue, row: dict[str, str]
) -> None:
    model = catalogue.models[row["number"]]
    assert model.printed == row["printed"]
    assert model.map_key == ("" if row["map"] == "pulse_channel" else row["map"])
    assert model.is_pulse == (row["map"] == "pulse_channel")
    if row["confidence"]:
        assert model.confidence is Confidence(row["confidence"].replace("-", "_"))
    sensor = row["connection"].partition("/")[2] or "none"
    assert model.connection is Connection(sensor)
    assert ";".join(model.functions) == row["functions"]
    assert model.carrier == row["carrier"]


def test_texts_exist_in_both_languages(catalogue: Catalogue) -> None:
    texts = [
        *((f.title_en, f.title_fr) for f in catalogue.families.values()),
        *((m.title_en, m.title_fr) for m in catalogue.maps.values()),
        *((m.description_en, m.description_fr) for m in catalogue.models.values()),
    ]
    assert [pair for pair in texts if not all(pair) or pair[0] == pair[1]] == []
    family = catalogue.families["gas"]
    assert (family.title("en-GB"), family.title("fr-CA")) == ("Gas", "Gaz")
    model = catalogue.models["x_generic_modbus"]
    assert model.description("de") == "Generic Modbus meter"
    assert model.description("fr") == "Compteur Modbus générique"


def test_few_values_are_shown_from_the_start(catalogue: Catalogue) -> None:
    for model in catalogue.models.values():
        assert set(model.headline) <= set(model.quantities)
        assert len(model.headline) <= 10
        assert bool(model.headline) == model.is_metering_point


def test_families_follow_the_manual_and_hold_every_model(catalogue: Catalogue) -> None:
    listed = [m for key in catalogue.families for m in catalogue.models_of(key)]
    assert len(listed) == len(catalogue.models)
    assert all(catalogue.models_of(key) for key in catalogue.families)


def test_inputs_of_concentrators(catalogue: Catalogue) -> None:
    """S8, S68, S71: three concentrators, and the pulse inputs of three counters."""
    inputs = {model.key: model.positions for model in catalogue.concentrators()}
    assert inputs == {
        "412081": 1,
        "412091": 1,
        "412041": 1,
        "004687": 7,
        "412065": 12,
        "414926": 3,
    }
    for key, count in inputs.items():
        model = catalogue.models[key]
        positions = [
            field.position
            for block in catalogue.blocks_of(model)
            for field in block.fields
            if field.position is not None
        ]
        assert positions == list(range(1, count + 1))
    counter = catalogue.models["412083"]
    assert all(
        field.position is None
        for block in catalogue.blocks_of(counter)
        for field in block.fields
    )


def test_gas_and_water_have_their_load(catalogue: Catalogue) -> None:
    """S14, S70."""
    gas = catalogue.models["x_pulse_gas"]
    water = catalogue.models["x_pulse_water"]
    assert (gas.fluid, gas.fixed_load) == (Fluid.GAS, PredefinedLoad.GAS)
    assert (water.fluid, water.fixed_load) == (Fluid.WATER, PredefinedLoad.WATER)
    assert QUANTITIES[gas.quantities[0]].fluid is Fluid.GAS
    assert [m.key for m in catalogue.models.values() if m.fixed_load] == [
        "x_pulse_gas",
        "x_pulse_water",
    ]


def test_the_supply_is_asked_where_the_manual_asks(catalogue: Catalogue) -> None:
    """S61."""
    asking = [model for model in catalogue.models.values() if model.asks_supply]
    breakers = {"dx3_rcd", "dpx3", "dmx3"}  # S72
    assert {m.key for m in asking if m.family not in breakers} == {
        *("414919", "414920", "414923"),
    }
    assert [
        m for key in breakers for m in catalogue.models_of(key) if m not in asking
    ] == []


def test_some_devices_take_several_addresses(catalogue: Catalogue) -> None:
    """The module with three channels, and both sides of a new station (S75)."""
    addresses = {
        m.key: m.addresses for m in catalogue.models.values() if m.addresses > 1
    }
    two_sided = ("11", "13", "15", "42", "44", "49")
    assert addresses == {"414918": 3} | {
        f"{start}{end}": 2 for start in ("0590", "0580") for end in two_sided
    }


def test_sides_of_old_stations_are_asked(catalogue: Catalogue) -> None:
    """S18, S74: both sides of a station of the old range share an address."""
    asking = {model.key for model in catalogue.models.values() if model.asks_side}
    single = ("32", "34", "38", "77", "78", "40", "57", "58")
    three = ("96", "97", "47", "66", "67")
    assert asking == {f"0590{end}" for end in single + three}


def test_the_phase_of_single_phase_stations_is_asked(catalogue: Catalogue) -> None:
    """S73."""
    for model in catalogue.models.values():
        is_station = model.family in {"greenup_premium", "greenup_old"}
        assert model.asks_phase is (is_station and model.phases == 1)


@pytest.mark.parametrize(
    ("amperes", "numbers"),
    [
        (20, "058000 058003 058010 058011 058030 058041 058042 059005 059008 059070"),
        (32, "058001 058002 058004 058012 058013 058014 058015 058035 058043 058048"),
        (32, "058049 059006 059007 059009 059071"),
        (None, "059000 059011 059056 059031 059096"),
    ],
)
def test_rated_currents_of_stations(
    catalogue: Catalogue, amperes: int | None, numbers: str
) -> None:
    """registers.md T10.1, by reference."""
    for number in numbers.split():
        assert catalogue.models[number].rated_current_a == amperes


@pytest.mark.parametrize(
    ("number", "watts"),
    [
        ("412074", 3 * 125 * 230),
        ("412091", 3 * 63 * 230),
        ("414919", 63 * 230),
        ("414918", 63 * 230),
        ("414921", 3 * 125 * 230),
        ("412045", None),
        ("412043", None),
    ],
)
def test_the_largest_power(
    catalogue: Catalogue, number: str, watts: int | None
) -> None:
    assert catalogue.models[number].rated_power_w == watts


def test_pulse_weights_of_the_data_sheets(catalogue: Catalogue) -> None:
    assert catalogue.models["412090"].pulse_weight == 1
    assert catalogue.models["412042"].pulse_weight == Decimal("0.1")


def test_guesses_are_called_guesses(catalogue: Catalogue) -> None:
    """D9, and row 11 of the corrections: what nobody has read is unverified."""
    unverified = {m.map_key for m in catalogue.models.values() if m.is_unverified}
    assert unverified == {
        *("ime_counter", "ime_pulse", "ems_pulse", "ems_measure", "ems_state"),
        *("ems_command", "ems_iface", "legrand_breaker", "legrand_io", "greenup"),
        "ews_server",
    }
    assert catalogue.models["412074"].provenance is Provenance.RECALLED
    assert catalogue.models["414919"].provenance is Provenance.ASSUMED
    assert all(m.sources for m in catalogue.maps.values())


@pytest.mark.parametrize(
    ("number", "concentrator", "provenance"),
    [
        ("004670", "004687", Provenance.DOCUMENTED),
        ("x_pulse_gas", "412065", Provenance.ASSUMED),
        ("412090", "412081", Provenance.ASSUMED),
        ("412090", "another", Provenance.DOCUMENTED),
        ("412090", None, Provenance.DOCUMENTED),
        ("412045", "412065", Provenance.DOCUMENTED),
    ],
)
def test_a_pulse_meter_is_known_as_well_as_its_concentrator(
    catalogue: Catalogue,
    number: str,
    concentrator: str | None,
    provenance: Provenance,
) -> None:
    pulse_input = PulseInput(concentrator=concentrator) if concentrator else None
    source = catalogue.source_of(catalogue.models[number], pulse_input)
    assert source.provenance is provenance


def test_the_generic_meter_asks_the_manuals_four_questions(
    catalogue: Catalogue,
) -> None:
    """S62-S66; kind of number and word order are more."""
    model = catalogue.models["x_generic_modbus"]
    asked = {spec.name: spec for spec in model.parameters}
    assert list(asked) == [
        *("function", "register", "words", "number_type", "factor", "word_order"),
    ]
    assert asked["number_type"].default == "unsigned"
    assert asked["function"].choices == ("3", "4")
    assert asked["register"].kind is ParameterKind.HEX
    assert asked["register"].maximum == 0xFFFF
    assert asked["words"].choices == ("1", "2", "4")
    assert asked["factor"].kind is ParameterKind.DECIMAL
    required = [name for name, spec in asked.items() if spec.is_required]
    assert required == ["function", "register", "words", "factor"]
