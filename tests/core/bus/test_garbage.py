"""Whatever a device says, reading it neither fails nor invents."""

import asyncio
from random import Random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.bus import DeviceStatus
from custom_components.legrand_ews.ews.bus.decoding import decode_raw, decode_text
from custom_components.legrand_ews.ews.catalogue import ValueType, WordOrder
from custom_components.legrand_ews.ews.errors import DeviceRefusedError

from .world import Bus, Clock, catalogue, device, gateway_bus, values_of

WORD = st.integers(0, 0xFFFF)
METERS = [
    m.key
    for m in catalogue().models.values()
    if m.is_metering_point and m.map_key and not catalogue().map_of(m).parameter_block
]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(METERS), st.integers(0, 2**32), st.sampled_from([1, 8, 16]))
def test_random_words_give_numbers_or_nothing(model: str, seed: int, bits: int) -> None:
    unit = Bus().unit(1)
    random = Random(seed)
    words = {n: random.getrandbits(bits) for n in range(0x10000)}
    unit.holding = unit.input = dict(words)
    values = asyncio.run(values_of(unit, device(1, model)))
    assert all(value.is_finite() for value in values.values())


@given(st.lists(WORD, min_size=4, max_size=4), st.sampled_from(WordOrder))
def test_a_raw_value_stays_within_its_type(words: list[int], order: WordOrder) -> None:
    for value_type in ValueType:
        raw = decode_raw(words[: value_type.words], value_type, order)
        bits = 16 * value_type.words
        low = -(1 << bits - 1) if value_type.is_signed else 0
        assert low <= raw < low + (1 << bits)


@given(st.lists(WORD, max_size=8))
def test_text_is_printable(words: list[int]) -> None:
    assert decode_text(words).isprintable()


def test_text_with_one_or_two_characters_a_word() -> None:
    # registers.md 0.6: one a word is observed, two a word tolerated
    assert decode_text([0x0053, 0x004F, 0x0043, 0x004F]) == "SOCO"
    assert decode_text([0x534F, 0x434F, 0, 0]) == "SOCO"


async def test_a_factor_beyond_all_numbers_gives_no_value() -> None:
    unit = Bus().unit(1)
    unit.holding = {0: 0xFFFF, 1: 0xFFFF}
    huge = {"function": "3", "register": "0", "words": "2", "factor": "9E999999"}
    with pytest.raises(DeviceRefusedError, match="device_without_values"):
        await values_of(unit, device(1, "x_generic_modbus", **huge))


@pytest.mark.parametrize(
    "error", [ValueError("x"), RuntimeError(), OSError(5), ZeroDivisionError()]
)
async def test_no_slip_of_a_library_ends_a_cycle(error: Exception) -> None:
    bus, clock = Bus(), Clock()
    bus.unit(1).fail_requests(error)
    report = await gateway_bus(bus, clock, device(1)).cycle(clock())
    assert report.devices[1].status is DeviceStatus.COMMUNICATION_ERROR
