"""Harmonics of 0 146 69, rank by rank: words written down, percent by hand.

Registers.md T2.1 and T2.4: bases 0xC95A, 0xC9D7, 0xCA35, 0.1 %. Odd ranks 3 to 63,
phase after phase, are what the map assumes: 31 words a series.
"""

from decimal import Decimal

from modbus_connection import ModbusTimeoutError, ServerDeviceBusyError
import pytest

from custom_components.legrand_ews.ews.bus import Harmonics
from custom_components.legrand_ews.ews.catalogue import Provenance
from custom_components.legrand_ews.ews.errors import (
    ConfigurationError,
    DeviceRefusedError,
    DeviceSilentError,
    EwsError,
)

from .world import Bus, Clock, StrictUnit, device, gateway_bus

CURRENT, PAIRS, PHASES = 0xC95A, 0xC9D7, 0xCA35
WORDS = 31
METROLOGY = range(0xC550, 0xC58E)


def meter(bus: Bus, *tables: range) -> StrictUnit:
    """A DIRIS with some of its tables; I1 has 5.0 % of rank 3 and 0.1 % of rank 63."""
    unit = bus.unit(11)
    unit.known = [METROLOGY, *tables]
    unit.holding.update({address: 0 for table in unit.known for address in table})
    unit.holding.update({0xC560: 0, 0xC561: 12_345})
    if CURRENT in {table.start for table in tables}:
        # I1: ranks 3, 5, 7 and 63; I2: rank 3; In: rank 3.
        unit.holding.update({CURRENT: 50, CURRENT + 1: 31, CURRENT + 2: 0xFFFF})
        unit.holding.update({CURRENT + 30: 1, CURRENT + 31: 77, CURRENT + 93: 999})
    return unit


async def harmonics(bus: Bus, model: str = "014669") -> Harmonics:
    clock = Clock()
    own = gateway_bus(bus, clock, device(11, model))
    await own.cycle(clock())
    bus.unit(11).read_events.clear()
    return await own.read_harmonics(11)


async def test_every_series_is_read_apart_and_scaled() -> None:
    bus = Bus()
    meter(
        bus,
        range(CURRENT, CURRENT + 125),
        range(PAIRS, PAIRS + 94),
        range(PHASES, PHASES + 94),
    )
    found = await harmonics(bus)
    assert bus.requests(11) == [
        *((CURRENT + n * WORDS, WORDS) for n in range(4)),
        *((PAIRS + n * WORDS, WORDS) for n in range(3)),
        *((PHASES + n * WORDS, WORDS) for n in range(3)),
    ]
    assert found.ranks == tuple(range(3, 64, 2))
    first = found.series["current_l1"]
    assert (first[3], first[5], first[63]) == (
        Decimal("5.0"),
        Decimal("3.1"),
        Decimal("0.1"),
    )
    assert 7 not in first  # 0xFFFF: not available
    assert found.series["current_l2"][3] == Decimal("7.7")
    assert found.series["current_n"][3] == Decimal("99.9")
    assert found.series["voltage_l3_l1"][63] == 0
    assert list(found.series)[-1] == "voltage_l3"
    assert found.provenance is Provenance.ASSUMED


async def test_a_meter_without_a_group_gives_the_others() -> None:
    bus = Bus()
    meter(bus, range(CURRENT, CURRENT + 125))
    assert list((await harmonics(bus)).series) == [
        *("current_l1", "current_l2", "current_l3", "current_n"),
    ]


async def test_a_meter_that_gives_few_words_is_asked_for_few() -> None:
    bus = Bus()
    unit = meter(bus, range(CURRENT, CURRENT + 125))
    unit.longest = 20
    found = await harmonics(bus)
    assert all(count <= 20 for _, count in bus.requests(11))
    assert found.series["current_l1"][63] == Decimal("0.1")


async def refusal(bus: Bus, model: str = "014669") -> EwsError:
    with pytest.raises(EwsError) as raised:
        await harmonics(bus, model)
    return raised.value


async def test_a_meter_that_refuses_all_groups_says_so() -> None:
    bus = Bus()
    meter(bus)
    error = await refusal(bus)
    assert isinstance(error, DeviceRefusedError)
    assert error.key == "harmonics_refused"


async def test_a_device_without_harmonics_is_not_asked() -> None:
    bus = Bus()
    meter(bus, range(0xC650, 0xC666))
    error = await refusal(bus, "004676")
    assert isinstance(error, ConfigurationError)
    assert error.key == "harmonics_unknown"
    assert bus.requests(11) == []


@pytest.mark.parametrize(
    ("model", "is_enabled"), [("014669", False), (None, True)], ids=["off", "no model"]
)
async def test_a_device_that_is_not_read_says_so(
    model: str | None, *, is_enabled: bool
) -> None:
    own = gateway_bus(Bus(), Clock(), device(11, model, is_enabled=is_enabled))
    with pytest.raises(ConfigurationError) as raised:
        await own.read_harmonics(11)
    assert raised.value.key == "device_not_read"


@pytest.mark.parametrize(
    ("fault", "kind", "key"),
    [
        (ModbusTimeoutError(), DeviceSilentError, "device_silent"),
        (ServerDeviceBusyError(), DeviceRefusedError, "harmonics_refused"),
    ],
    ids=["silent", "busy"],
)
async def test_a_meter_in_trouble_says_which(
    fault: Exception, kind: type[EwsError], key: str
) -> None:
    bus, clock = Bus(), Clock()
    unit = meter(bus, range(CURRENT, CURRENT + 125))
    own = gateway_bus(bus, clock, device(11, "014669"))
    await own.cycle(clock())
    unit.fail_requests(fault)
    with pytest.raises(kind) as raised:
        await own.read_harmonics(11)
    assert raised.value.key == key
