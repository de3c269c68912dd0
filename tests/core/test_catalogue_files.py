"""Data files: what is refused, and where the error points; the user's own files."""

from decimal import Decimal
import json
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    PRESS,
    Confidence,
    ParameterKind,
    Space,
    Unlock,
    load_catalogue,
)
from custom_components.legrand_ews.ews.errors import CatalogueError

TRANSLATIONS = Path(__file__).parents[2] / "translations"

MAP = """\
key: my_meter
title_en: My meter
title_fr: Mon compteur
provenance: observed
confidence: medium
sources: [a paper]
scales:
  energy: {ratios: [ct], steps: [[10, 10], [null, 100]]}
moduli:
  digits: 100000000
ratios:
  ct: {sources: [{field: ct_ratio}]}
modes:
  night: {field: mode, values: [1]}
blocks:
  - key: settings
    address: 0x0100
    words: 2
    fields:
      - {name: ct_ratio, address: 0x0100, type: u16}
      - {name: mode, address: 0x0101, type: u16}
  - key: main
    space: input
    address: 0x2000
    words: 10
    fields:
      - {quantity: active_energy_import, address: 0x2000, type: u32, scale: energy, modulus: digits}
      - {quantity: active_power, address: 0x2002, type: s32, scale: 0.1, sign: sign}
      - {name: sign, address: 0x2004, type: u16}
      - {quantity: "voltage_{phase}", address: [0x2005, 0x2006, 0x2007], type: u16, scale: 0.1}
      - {quantity: frequency, address: 0x2008, type: u16, scale: 0.01, when: {night: true}}
  - key: bits
    space: discrete
    address: 0x0010
    words: 2
    fields:
      - {quantity: fault_trip, address: 0x0011, type: bit, states: {0: "off", 1: "on"}}
  - key: state
    address: 0x0020
    words: 1
    fields:
      - {quantity: breaker_state, address: 0x0020, type: u16, bits: [4, 2], first_of: [{option: open, bits: 1}, {option: closed, bits: 0}]}
"""
COMMANDS = """\
commands:
  - {key: "output_{n}", kind: switch, space: coil, address: 0x0030, count: 2, read_back: "output_{n}"}
  - {key: limit, kind: number, address: 0x0040, minimum: 7, maximum: 32, unit: A}
  - {key: reset, kind: button, address: 0x0041, values: {press: 1}, unlock: {address: 0x0042, value: 5}}
  - {key: open, kind: button, address: 0x0043, values: {press: 1}, read_back: breaker_state, expects: [open]}
"""
MAP += COMMANDS
FAMILIES = """\
families:
  mine:
    title_en: My devices
    title_fr: Mes appareils
"""
MODELS = """\
parameters:
  offset: {kind: number, minimum: 1, maximum: 9}
groups:
  - family: mine
    map: my_meter
    provenance: observed
    confidence: medium
    quantities: [ea_imp, p]
    models:
      my_one:
        printed: One
        description_en: One of mine
        description_fr: Un des miens
        parameters: [offset, word_order]
        headline: [active_power]
        commands: ["output_*"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the user with a map, a family and a model that are right."""
    (tmp_path / "my_meter.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "families.yaml").write_text(FAMILIES, encoding="utf-8")
    (tmp_path / "models.yaml").write_text(MODELS, encoding="utf-8")
    return tmp_path


def line_with(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_user_adds_a_map_a_family_and_a_model(folder: Path) -> None:
    built_in = load_catalogue()
    catalogue = load_catalogue(folder)
    assert catalogue.maps.keys() - built_in.maps.keys() == {"my_meter"}
    assert catalogue.families["mine"].title_fr == "Mes appareils"
    model = catalogue.models["my_one"]
    assert model.printed == "One"
    assert model.confidence is Confidence.MEDIUM
    assert model.quantities == ("active_energy_import", "active_power")
    assert model.headline == ("active_power",)
    assert [(spec.name, spec.kind) for spec in model.parameters] == [
        ("offset", ParameterKind.NUMBER),
        ("word_order", ParameterKind.CHOICE),
    ]
    register_map = catalogue.map_of(model)
    (_, main, _, _) = register_map.blocks
    energy = main.fields[0]
    assert energy.scale.factor(1, {"ct": Decimal(50)}) == 100
    assert energy.modulus is not None
    assert energy.modulus.counts == 10**8
    assert [f.address for f in main.fields if f.name.startswith("voltage")] == [
        *(0x2005, 0x2006, 0x2007),
    ]
    assert main.fields[1].scale.factor(1, {}) == Decimal("0.1")  # exact, not binary


def test_a_user_adds_states_and_commands(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    model = catalogue.models["my_one"]
    register_map = catalogue.map_of(model)
    (_, _, bits, state) = register_map.blocks
    assert bits.space.is_bits
    assert [bits.fields[0].option_of(raw) for raw in (0, 1)] == ["off", "on"]
    breaker = state.fields[0]
    assert breaker.extract(0b0010_1111) == 0b10
    assert [breaker.option_of(raw) for raw in (0b10, 0b11, 0b01, 0)] == [
        *("open", "open", "closed", "unknown"),
    ]
    outputs = catalogue.commands_of(model, is_confirmed=False)
    assert [(c.key, c.address, c.read_back) for c in outputs] == [
        ("output_1", 0x30, "output_1"),
        ("output_2", 0x31, "output_2"),
    ]
    assert all(c.space is Space.COIL and c.raw("on") == 1 for c in outputs)
    limit, reset, shut_off = register_map.commands[2:]
    assert shut_off.expects == ("open",)
    assert (limit.raw(Decimal(32)), limit.raw(Decimal(33))) == (32, None)
    assert (reset.raw(PRESS), reset.unlock) == (1, Unlock(address=0x42, value=5))


def test_a_user_replaces_a_map_and_a_model(folder: Path) -> None:
    (folder / "my_meter.yaml").write_text(MAP.replace("my_meter", "ime_counter"))
    own = MODELS.replace("my_meter", "ime_counter").replace("my_one", "412074")
    own = own.replace("quantities: [ea_imp, p]", "quantities: [active_power]")
    own = own.replace('        commands: ["output_*"]\n', "")
    (folder / "models.yaml").write_text(
        own.replace("headline: [active_power]", "notes: Checked")
    )
    # models that keep the replaced map must still find their values in it
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.placeholders["file"] == "models.yaml"

    (folder / "my_meter.yaml").write_text(
        (Path(__file__).parents[2] / "custom_components/legrand_ews/ews/catalogue/maps")
        .joinpath("ime_counter.yaml")
        .read_text(encoding="utf-8")
        .replace("confidence: low_medium", "confidence: high"),
        encoding="utf-8",
    )
    catalogue = load_catalogue(folder)
    assert catalogue.maps["ime_counter"].confidence is Confidence.HIGH
    assert catalogue.models["412074"].notes == "Checked"
    assert catalogue.models["412074"].quantities == ("active_power",)
    assert catalogue.models["412075"].notes == ""


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "none").models == load_catalogue().models
    assert load_catalogue(tmp_path).models == load_catalogue().models


ENERGY = "address: 0x2000, type: u32, scale: energy, modulus: digits"
WRONG_MAPS = [
    ("provenance: observed", "provenance: rumour", "value", "provenance"),
    ("provenance: observed\n", "", "missing", "provenance"),
    ("sources: [a paper]", "sources: [3]", "value", "sources[0]"),
    ("sources: [a paper]", "sauces: [a]", "unknown_field", "sauces"),
    ("words: 10", "words: ten", "value", "blocks[1].words"),
    ("words: 10", "words: 0", "value", "blocks[1].words"),
    ("words: 10", "words: 126", "value", "blocks[1].words"),
    ("address: 0x2000\n", "address: 0x10000\n", "value", "blocks[1].address"),
    ("space: input", "space: coils", "value", "blocks[1].space"),
    ("key: main", "key: settings", "duplicate", "blocks[1].key"),
    ("words: 10", "words: 8", "layout", "blocks[1]"),
    ("address: 0x2002", "address: 0x2001", "layout", "blocks[1]"),
    ("type: s32", "type: r32", "value", "blocks[1].fields[1].type"),
    # a floating-point number rolls over nowhere, names nothing and is no setting
    (
        "type: u32, scale: energy",
        "type: f32, scale: energy",
        "value",
        "blocks[1].fields",
    ),
    (
        "{name: mode, address: 0x0101, type: u16}",
        "{name: mode, address: 0x0101, type: f32}",
        *("value", "blocks[0].fields"),
    ),
    ("minimum: 7", "type: f32, minimum: 7", "value", "commands[1].type"),
    ("minimum: 7", "type: b16, minimum: 7", "value", "commands[1].type"),
    ("scale: 0.1, sign", "scale: .inf, sign", "value", "blocks[1].fields[1].scale"),
    ("scale: 0.1, sign", "scale: 0, sign", "value", "blocks[1].fields[1].scale"),
    ("[null, 100]", "[null, 0]", "value", "scales.energy.steps[1][1]"),
    ("scale: 0.1, sign", "scale: true, sign", "value", "blocks[1].fields[1].scale"),
    ("scale: 0.1, sign", "scale: some, sign", "reference", "blocks[1].fields[1].scale"),
    (
        "scale: 0.1, sign",
        "scale: {steps: []}, sign",
        "value",
        "blocks[1].fields[1].scale.steps",
    ),
    (
        "scale: 0.1, sign",
        "scale: {steps: [[1]]}, sign",
        "value",
        "blocks[1].fields[1].scale.steps[0]",
    ),
    (
        "scale: 0.1, sign",
        "scale: {divisor: 0}, sign",
        "value",
        "blocks[1].fields[1].scale.divisor",
    ),
    ("sign: sign", "sign: nothing", "reference", "blocks[1].fields"),
    ("name: sign", "name: mode", "duplicate", "blocks[1].fields"),
    (
        "quantity: active_power,",
        "quantity: heat,",
        "reference",
        "blocks[1].fields[1].quantity",
    ),
    ("quantity: active_power, ", "", "missing", "blocks[1].fields[1].quantity"),
    (
        "type: s32, scale: 0.1",
        "type: s32, modulus: digits",
        "value",
        "blocks[1].fields[1].modulus",
    ),
    ("modulus: digits", "modulus: 1", "value", "blocks[1].fields[0].modulus"),
    ("modulus: digits", "modulus: {field: limit}", "reference", "blocks[1].fields"),
    ("modulus: digits", "modulus: ten", "reference", "blocks[1].fields[0].modulus"),
    ("0x2006, 0x2007]", "0x2006]", "value", "blocks[1].fields[3].address"),
    ("when: {night: true}", "when: {day: true}", "reference", "blocks[1].fields"),
    (
        "when: {night: true}",
        "when: {night: 1}",
        "value",
        "blocks[1].fields[4].when.night",
    ),
    ("when: {night: true}", "when: {}", "value", "blocks[1].fields[4].when"),
    ("ratios: [ct]", "ratios: [vt]", "reference", "blocks[1].fields"),
    ("{field: ct_ratio}", "{field: ct}", "reference", "ratios.ct"),
    ("{field: mode,", "{field: night,", "reference", "modes.night"),
    (
        "sources: [a paper]",
        "sources: []\nalternatives: [none]",
        "reference",
        "alternatives",
    ),
    (
        "sources: [a paper]",
        "sources: []\nunit_codes: {a: {unit: Wh}}",
        "value",
        "unit_codes.a",
    ),
    (
        "sources: [a paper]",
        "sources: []\nnot_available: {u8: [1]}",
        "unknown_field",
        "not_available.u8",
    ),
    ("blocks:\n", "blocks: {}\nrest:\n", "unknown_field", "rest"),
    # states
    ('1: "on"}', "1: broken}", "reference", "blocks[2].fields[0].states.1"),
    ('0: "off"', 'a: "off"', "value", "blocks[2].fields[0].states.a"),
    ("type: bit", "type: u16", "value", "blocks[2].fields"),
    ("space: discrete", "space: input", "value", "blocks[2].fields"),
    (
        "option: closed",
        "option: shut",
        "reference",
        "blocks[3].fields[0].first_of[1].option",
    ),
    ("bits: [4, 2]", "bits: [4, 2, 1]", "value", "blocks[3].fields[0].bits"),
    ("bits: [4, 2]", "bits: [15, 2]", "value", "blocks[3].fields"),
    # commands
    ("kind: switch", "kind: lever", "value", "commands[0].kind"),
    ("space: coil", "space: discrete", "value", "commands[0].space"),
    ("space: coil", "space: coil, type: u16", "value", "commands[0].type"),
    ("count: 2", "count: 1", "value", "commands[0].key"),
    ("key: limit", "key: output_2", "duplicate", "commands[1].key"),
    (
        'read_back: "output_{n}"',
        "read_back: lamp",
        "reference",
        "commands[0].read_back",
    ),
    ("values: {press: 1}", "values: {push: 1}", "value", "commands[2].values"),
    ("kind: number", "kind: select", "value", "commands[1].values"),
    ("kind: number", "kind: number, values: {a: 1}", "value", "commands[1].values"),
    ("value: 5}", "value: 65536}", "value", "commands[2].unlock.value"),
    ("expects: [open]", "expects: [gone]", "reference", "commands[3].expects[0]"),
    (", expects: [open]", "", "missing", "commands[3].expects"),
    (
        "maximum: 32",
        "read_back: breaker_state, expects: [open]",
        "reference",
        "commands[1].expects[0]",
    ),
    ("sources:", "hints: [{address: 70000}]\nsources:", "value", "hints[0].address"),
    ("sources:", "hinted_beside: [yours]\nsources:", "reference", "hinted_beside"),
    ("minimum: 7", "least: 7", "unknown_field", "commands[1].least"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "field"), WRONG_MAPS)
def test_a_wrong_map_is_refused_at_its_place(
    folder: Path, right: str, wrong: str, key: str, field: str
) -> None:
    text = MAP.replace(right, wrong, 1)
    assert text != MAP
    (folder / "my_meter.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    error = caught.value
    assert (error.key, error.field) == (f"catalogue_{key}", field)
    assert error.placeholders["file"] == "my_meter.yaml"
    assert error.placeholders["where"] == field


WRONG_MODELS = [
    (
        'commands: ["output_*"]',
        "commands: [outputs]",
        "reference",
        "groups[0].models.my_one.commands[0]",
    ),
    (
        'commands: ["output_*"]',
        "functions: [heat]",
        "value",
        "groups[0].models.my_one.functions[0]",
    ),
    (
        "offset: {kind: number, minimum: 1, maximum: 9}",
        "offset: {name: map, kind: choice, choices: [my_meter, yours]}",
        "reference",
        "groups[0].models.my_one.parameters[0]",
    ),
    ("map: my_meter", "map: its_meter", "reference", "groups[0].map"),
    ("family: mine", "family: yours", "reference", "groups[0].family"),
    (
        "quantities: [ea_imp, p]",
        "quantities: [ea_imp, heat]",
        "reference",
        "groups[0].quantities[1]",
    ),
    (
        "quantities: [ea_imp, p]",
        "quantities: [ea_exp]",
        "reference",
        "groups[0].quantities[0]",
    ),
    (
        "headline: [active_power]",
        "headline: [voltage_l1]",
        "reference",
        "groups[0].models.my_one.headline[0]",
    ),
    (
        "headline: [active_power]",
        f"headline: [{', '.join(['p'] * 11)}]",
        "value",
        "groups[0].models.my_one.headline",
    ),
    (
        "headline: [active_power]",
        "unserved: [p]",
        "reference",
        "groups[0].models.my_one.unserved[0]",
    ),
    (
        "headline: [active_power]",
        "excluded: [side]",
        "reference",
        "groups[0].models.my_one.excluded",
    ),
    (
        "headline: [active_power]",
        "colour: red",
        "unknown_field",
        "groups[0].models.my_one.colour",
    ),
    (
        "headline: [active_power]",
        "addresses: -1",
        "value",
        "groups[0].models.my_one.addresses",
    ),
    (
        "[offset, word_order]",
        "[offset, gain]",
        "reference",
        "groups[0].models.my_one.parameters[1]",
    ),
    (
        "kind: number,",
        "kind: choice, choices: [a], default: b,",
        "value",
        "parameters.offset.default",
    ),
    (
        "        description_fr: Un des miens\n",
        "",
        "missing",
        "groups[0].description_fr",
    ),
    (
        "        description_fr: Un des miens\n",
        "        description_fr: ' '\n",
        "value",
        "groups[0].models.my_one.description_fr",
    ),
    ("groups:\n", "groups: 3\nrest:\n", "unknown_field", "rest"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "field"), WRONG_MODELS)
def test_a_wrong_model_is_refused_at_its_place(
    folder: Path, right: str, wrong: str, key: str, field: str
) -> None:
    text = MODELS.replace(right, wrong, 1)
    assert text != MODELS
    (folder / "models.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    error = caught.value
    assert (error.key, error.field) == (f"catalogue_{key}", field)
    assert error.placeholders["file"] == "models.yaml"


@pytest.mark.parametrize(
    ("file", "text", "right", "wrong", "part"),
    [
        ("my_meter.yaml", MAP, "type: s32", "type: r32", "quantity: active_power"),
        ("my_meter.yaml", MAP, "words: 10", "words: 200", "words: 10"),
        ("my_meter.yaml", MAP, "provenance: observed", "provenance: x", "provenance:"),
        ("models.yaml", MODELS, "map: my_meter", "map: other", "map: my_meter"),
        ("models.yaml", MODELS, "[active_power]", "[power]", "headline"),
    ],
)
def test_errors_name_the_line(
    folder: Path, file: str, text: str, right: str, wrong: str, part: str
) -> None:
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.placeholders["line"] == str(line_with(text, part))


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"key: [1\nwords: 2\n", "2"), (b"key: \xff\xfe", "1"), (b"a: 1\n\tb: 2\n", "2")],
)
def test_what_is_no_yaml_is_refused(folder: Path, content: bytes, line: str) -> None:
    (folder / "my_meter.yaml").write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.key == "catalogue_syntax"
    assert caught.value.placeholders == {"file": "my_meter.yaml", "line": line}


@pytest.mark.parametrize("content", ["", "- a\n", "3\n", "key: 5\n"])
def test_another_form_is_refused(folder: Path, content: str) -> None:
    (folder / "my_meter.yaml").write_text(content)
    with pytest.raises(CatalogueError):
        load_catalogue(folder)


def test_code_in_a_file_is_not_run(folder: Path) -> None:
    (folder / "my_meter.yaml").write_text("key: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.key == "catalogue_syntax"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_error_has_a_sentence(language: str) -> None:
    content = (TRANSLATIONS / f"{language}.json").read_text(encoding="utf-8")
    sentences = json.loads(content)["exceptions"]
    kinds = {f"catalogue_{key}" for *_, key, _ in WRONG_MAPS + WRONG_MODELS}
    assert kinds | {"catalogue_syntax"} <= sentences.keys()
