"""Commands: what each device takes, where it is written, and when it exists."""

from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    PRESS,
    UNVERIFIED,
    Command,
    CommandKind,
    Confidence,
    Model,
    Provenance,
    Space,
    Unlock,
    ValueType,
    load_catalogue,
    needs_confirmation,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind, Unit

CATALOGUE = load_catalogue()
MODELS = [pytest.param(m, id=m.key) for m in CATALOGUE.models.values() if m.commands]
ALL = [
    pytest.param(command, id=f"{register_map.key}.{command.key}")
    for register_map in CATALOGUE.maps.values()
    for command in register_map.commands
]
OUTPUTS = [f"output_{n}" for n in range(1, 7)]


def commands(number: str, *, side: int = 1) -> dict[str, Command]:
    """Return what a device takes once its map is confirmed."""
    found = CATALOGUE.commands_of(
        CATALOGUE.models[number], is_confirmed=True, side=side
    )
    return {command.key: command for command in found}


def in_map(map_key: str, key: str) -> Command:
    return {c.key: c for c in CATALOGUE.maps[map_key].commands}[key]


@pytest.mark.parametrize("model", CATALOGUE.models.values(), ids=lambda m: m.key)
def test_no_guess_can_be_commanded_until_it_is_confirmed(model: Model) -> None:
    """D9: commands of assumed maps do not exist until the user confirms the map."""
    if not model.map_key:
        return
    ready = CATALOGUE.commands_of(model, is_confirmed=False)
    known = {model.provenance, CATALOGUE.map_of(model).provenance}
    for command in CATALOGUE.commands_of(model, is_confirmed=True):
        is_sure = UNVERIFIED.isdisjoint({*known, command.provenance})
        assert (command in ready) is is_sure


def test_some_devices_wait_for_that() -> None:
    """Or the rule above would say nothing."""
    waiting = {
        model.map_key
        for model in CATALOGUE.models.values()
        if model.map_key
        and CATALOGUE.commands_of(model, is_confirmed=True)
        != CATALOGUE.commands_of(model, is_confirmed=False)
    }
    assert waiting


@pytest.mark.parametrize(
    ("provenance", "confidence", "expected"),
    [
        (Provenance.DOCUMENTED, Confidence.HIGH, False),
        (Provenance.OBSERVED, Confidence.LOW, False),
        (Provenance.INFERRED, Confidence.MEDIUM_HIGH, False),
        (Provenance.INFERRED, Confidence.LOW_MEDIUM, False),
        (Provenance.INFERRED, Confidence.LOW, True),
        (Provenance.INFERRED, Confidence.NONE, True),
        (Provenance.RECALLED, Confidence.HIGH, True),
        (Provenance.ASSUMED, Confidence.LOW, True),
    ],
)
def test_what_waits_for_the_users_word(
    provenance: Provenance, confidence: Confidence, expected: bool
) -> None:
    assert needs_confirmation(provenance, confidence) is expected


def test_devices_that_the_manual_lets_users_command() -> None:
    """The rows of the device list with the function "command", and no others."""
    commanded = {m.key for m in CATALOGUE.models.values() if m.commands}
    listed = {m.key for m in CATALOGUE.models.values() if "command" in m.functions}
    assert commanded == listed
    assert {"414931", "414932", "026136", "028812", "059000", "059067"} <= commanded


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("414931", ["output_1"]),
        ("414932", ["output_1", "output_2"]),
        (
            "028812",
            [
                *OUTPUTS,
                *(f"{output}_normal_state" for output in OUTPUTS),
                *(f"{output}_mode" for output in OUTPUTS),
                *(f"{output}_on_time" for output in OUTPUTS),
            ],
        ),
        ("059000", ["current_limit", "session_state", "ev_plug"]),
        ("059003", ["current_limit", "session_state", "ev_plug", "domestic_plug"]),
        ("059031", ["current_limit", "session_state", "ev_plug", "domestic_plug"]),
        ("412045", []),
        # the original server marks no command for breakers
        ("x_dpx3_250_meas", []),
        ("028803", []),
    ],
)
def test_commands_of_a_model(number: str, keys: list[str]) -> None:
    assert list(commands(number)) == keys


# Tables T7b, T9 and T10.2: where a command is written and what stands for what.
WRITTEN = [
    ("414931", "output_1", Space.COIL, 0x4800, {"off": 0, "on": 1}),
    ("414932", "output_2", Space.COIL, 0x4801, {"off": 0, "on": 1}),
    ("026136", "output_6", Space.COIL, 5, {"off": 0, "on": 1}),
    (
        *("026136", "output_2_normal_state", Space.HOLDING, 0x0104),
        {"normally_open": 0, "normally_closed": 1},
    ),
    ("028812", "output_6_mode", Space.HOLDING, 0x0115, {"direct": 0, "pulse": 1}),
    ("059000", "session_state", Space.HOLDING, 0x0041, {"wait": 0, "start": 1}),
    ("059000", "ev_plug", Space.HOLDING, 0x0042, {"off": 0, "on": 1}),
    ("059003", "domestic_plug", Space.HOLDING, 0x0043, {"off": 0, "on": 1}),
]


@pytest.mark.parametrize(("number", "key", "space", "address", "values"), WRITTEN)
def test_where_a_command_is_written(
    number: str, key: str, space: Space, address: int, values: dict[str, int]
) -> None:
    command = commands(number)[key]
    assert (command.space, command.address) == (space, address)
    assert dict(command.values) == values
    assert {name: command.raw(name) for name in command.options} == values
    assert command.raw("tripped") is None
    assert command.raw(Decimal(1)) is None


@pytest.mark.parametrize(
    ("number", "maximum"), [("059005", 20), ("059006", 32), ("059000", 32)]
)
def test_a_limit_ends_at_the_rated_current(number: str, maximum: int) -> None:
    """T10.1: 7 A ... rated; below, the board faults and ends the session."""
    limit = commands(number)["current_limit"]
    assert (limit.space, limit.address, limit.unit) == (
        *(Space.HOLDING, 0x0040, Unit.AMPERE),
    )
    assert (limit.minimum, limit.maximum) == (7, maximum)
    assert limit.raw(Decimal(7)) == 7
    assert limit.raw(Decimal(maximum)) == maximum
    for refused in ("0", "1", "6", "6.9", "7.5", str(maximum + 1), "NaN"):
        assert limit.raw(Decimal(refused)) is None
    assert limit.raw("16") is None


def test_an_on_time_is_in_seconds() -> None:
    """T9; 0 keeps the output (S156)."""
    time = commands("026136")["output_3_on_time"]
    assert (time.kind, time.address, time.unit) == (
        *(CommandKind.NUMBER, 0x010A, Unit.SECOND),
    )
    assert (time.raw(Decimal(0)), time.raw(Decimal(-1))) == (0, None)


def test_a_breaker_is_told_by_number() -> None:
    """T8, 0x3010: 1 open, 2 close, 3 reset."""
    raws = {
        key: in_map("legrand_breaker", f"breaker_{key}").raw(PRESS)
        for key in ("open", "close", "reset")
    }
    assert raws == {"open": 1, "close": 2, "reset": 3}
    assert in_map("legrand_breaker", "breaker_open").address == 0x3010


def test_a_reset_is_unlocked_first() -> None:
    """T1.4: 0x5AA5 at 0x2700, then bits 5 and 6 at 0x2400."""
    reset = in_map("ime_1000", "reset_partial_energies")
    assert reset.unlock == Unlock(address=0x2700, value=0x5AA5)
    assert (reset.address, reset.raw(PRESS)) == (0x2400, 0b110_0000)
    assert reset.provenance is Provenance.DOCUMENTED


def test_the_second_side_takes_its_own_orders() -> None:
    """T10.2: side 2 of the old range at + 0x0100."""
    first, second = commands("059096"), commands("059096", side=2)
    assert {key: c.address for key, c in second.items()} == {
        key: c.address + 0x0100 for key, c in first.items()
    }


@pytest.mark.parametrize("command", ALL)
def test_a_command_fits_what_it_is_read_back_by(command: Command) -> None:
    assert command.space in {Space.HOLDING, Space.COIL}
    assert (command.type is ValueType.BIT) == command.space.is_bits
    assert (command.minimum is None) == (command.kind is not CommandKind.NUMBER)
    if command.read_back is None or command.kind is CommandKind.BUTTON:
        return
    shown = QUANTITIES[command.read_back]
    assert (shown.kind is Kind.STATE) == (command.kind is not CommandKind.NUMBER)
    assert set(command.options) <= set(shown.options)


@pytest.mark.parametrize("model", MODELS)
def test_a_model_shows_what_it_is_told(model: Model) -> None:
    told = CATALOGUE.commands_of(model, is_confirmed=True)
    shown = {command.read_back for command in told if command.read_back}
    assert shown <= set(model.quantities)
