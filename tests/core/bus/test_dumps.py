"""Whole devices: their registers word by word, what they refuse, and what comes out.

One row a case of registers.md; values are worked out by hand from its tables. What a
device does not list here it refuses (exception 02).
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.model import Device
from custom_components.legrand_ews.ews.quantities import QUANTITIES

from .dump_case import Case, Dump, filled
from .dumps_of_meters import METERS
from .dumps_of_modules import MODULES
from .world import (
    Bus,
    Clock,
    catalogue,
    device,
    gateway_bus,
    readings_of,
    u32,
    words_of,
)

CASES = [*METERS, *MODULES]


def tables(*dumps: Dump) -> list[range]:
    """Stretches that a device has; those that touch are one table."""
    stretches = sorted(
        (address, address + (1 if isinstance(content, int) else len(content)))
        for dump in dumps
        for address, content in dump.items()
    )
    joined: list[range] = []
    for first, end in stretches:
        if joined and first <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(end, joined[-1].stop))
        else:
            joined.append(range(first, end))
    return joined


def device_of(case: Case) -> Device:
    unit = 247 if case.model.startswith("x_ws") else 5
    parameters = dict(case.parameters)
    if unit == 247:
        parameters["remote_id"] = "29999"
    return device(1, case.model, unit=unit, position=case.side, **parameters)


def shown(quantity: str, value: Decimal | None) -> Decimal | str | None:
    options = QUANTITIES[quantity].options
    return options[int(value)] if value is not None and options else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_device_shows_what_its_registers_say(case: Case) -> None:
    own, bus = device_of(case), Bus()
    unit = bus.unit(own.address.unit)
    for space in ("holding", "input", "coil", "discrete"):
        dump: Dump = getattr(case, space)
        setattr(unit, space, words_of(dump))
        unit.tables[space] = tables(dump)
    clock = Clock()
    behind = gateway_bus(bus, clock, own)
    report = await behind.cycle(clock())
    while behind.next_due(clock()) == timedelta():
        # What was refused may leave something to another block: at once.
        report = await behind.cycle(clock())
    found = report.devices[1].readings
    assert {
        quantity: shown(quantity, found[quantity].value) if quantity in found else None
        for quantity in case.expected
    } == {
        quantity: Decimal(value)
        if value is not None and not QUANTITIES[quantity].options
        else value
        for quantity, value in case.expected.items()
    }


def test_every_map_has_a_dump() -> None:
    elsewhere = {
        # test_decoding
        *("soco_pulse", "ems_measure", "generic"),
        # tests/core/test_catalogue_dumps
        *("ime_0300", "ime_5000"),
        # nobody knows where its list stands, and nothing reads it
        "ems_iface",
    }
    pulsed = {"ime_pulse", "ems_pulse"}  # below
    models = catalogue().models
    here = {models[case.model].map_key for case in CASES}
    assert here | pulsed | elsewhere == set(catalogue().maps)


@pytest.mark.parametrize(
    ("model", "concentrator", "holding", "input_", "position", "wh"),
    [
        # T6: twelve inputs from 0x1000, two words each
        ("412090", "412065", filled(0x1000, 24, at_1016=u32(77)), {}, 12, 77),
        # T6b: 0x03F0, high word first; 0.1 Wh a pulse behind 4 120 42
        ("412042", "412081", {0x03F0: [1, 2]}, {}, 1, "6553.8"),
        ("412042", "412041", {0x03F0: [0, 30]}, {}, 1, 3),
        ("412090", "412091", {0x03F0: [0, 30]}, {}, 1, 30),
        # T7c: input registers from 0x6000
        ("412090", "414926", {}, filled(0x6000, 6, at_6004=u32(5)), 3, 5),
    ],
)
async def test_pulses_stand_at_the_input_of_the_meter(
    model: str,
    concentrator: str,
    holding: Dump,
    input_: Dump,
    position: int,
    wh: int | str,
) -> None:
    own = device(
        1,
        model,
        unit=5,
        position=position,
        concentrator=concentrator,
        weight="0.1" if model == "412042" else "1",
    )
    unit = Bus().unit(5)
    unit.holding, unit.input = words_of(holding), words_of(input_)
    unit.tables = {"holding": tables(holding), "input": tables(input_)}
    found = await readings_of(unit, own)
    reading = found["active_energy_import"]
    assert reading.value == Decimal(wh)
    # row 1: eight digits, of a tenth of a Wh each behind 4 120 42
    assert reading.modulus == (10**7 if model == "412042" else 10**8)
