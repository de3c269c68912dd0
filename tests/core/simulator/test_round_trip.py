"""What the integration's bus reads is what the simulated meters have measured.

The core's bus on one side, the simulator on the other, real sockets between:
both work from one catalogue, so this proves that they read it the same way.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from math import hypot

from modbus_connection import ModbusSerialParams, ModbusTcpParams
from modbus_connection.pymodbus import ModbusConnection
import pytest

from custom_components.legrand_ews.ews.bus.gateway import GatewayBus
from custom_components.legrand_ews.ews.bus.readings import DeviceReport, DeviceStatus
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    PulseInput,
    Supply,
    TcpLink,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind
from simulator.assembly import Meter
from simulator.clock import ManualClock
from simulator.electricity import Electricity
from simulator.gateway import Framing, SimulatedGateway
from simulator.history import recorded_counters
from simulator.simulation import Simulation, simulate
from simulator.site import DeviceSpec

from .places import NOON, SITES

CATALOGUE = load_catalogue()
SIGNED = {
    f"{kind}_power{phase}"
    for kind in ("active", "reactive")
    for phase in ("", "_l1", "_l2", "_l3")
}
TOLERANCES = {
    # Half of the coarsest count in the papers: 10 W, 0.1 Hz, 0.1 %, 1 degree ...
    "active_power": 5.001,
    "reactive_power": 5.001,
    "apparent_power": 5.001,
    "power_factor_sector": 0,
    "power_factor": 0.005_001,
    "voltage": 0.005_001,
    "current": 0.000_501,
    "frequency": 0.050_001,
    "thd": 0.050_001,
    "temperature": 0.500_001,
    "rated_current": 0,
    "trip_current": 0.000_501,
    "session_energy": 0.500_001,
    "session_charge": 0.005_001,
    "session_duration": 0.500_001,
    "station_temperature": 0.050_001,
    "analogue_input": 0.500_001,
    "output": 0,
}


def device_of(spec: DeviceSpec, number: int) -> Device:
    pulse = spec.pulse
    return Device(
        id=number,
        name=spec.name,
        gateway_id=1,
        address=Address(
            unit=spec.address, position=pulse.position if pulse else spec.side
        ),
        model=spec.model,
        supply=spec.supply,
        parameters=spec.parameters,
        is_map_confirmed=True,
        pulse_input=pulse
        and PulseInput(concentrator=pulse.concentrator, weight=pulse.weight),
    )


@asynccontextmanager
async def connection(gateway: SimulatedGateway) -> AsyncIterator[ModbusConnection]:
    params: ModbusTcpParams | ModbusSerialParams
    if gateway.framing is Framing.TCP:
        params = ModbusTcpParams(host="127.0.0.1", port=gateway.port)
    else:
        params = ModbusSerialParams(
            device=f"socket://127.0.0.1:{gateway.port}", framer="rtu"
        )
    link = ModbusConnection(params)
    await link.connect()
    try:
        yield link
    finally:
        await link.close()


@asynccontextmanager
async def buses(simulation: Simulation) -> AsyncIterator[Mapping[str, GatewayBus]]:
    """A bus on every gateway; devices are numbered in the order of the file."""
    async with AsyncExitStack() as stack:
        found = {}
        numbers = {name: n for n, name in enumerate(simulation.meters, start=1)}
        for name, gateway in simulation.gateways.items():
            link = await stack.enter_async_context(connection(gateway))
            specs = simulation.site.devices_behind(name)
            found[name] = GatewayBus(
                Gateway(id=1, name=name, link=TcpLink(host="127.0.0.1")),
                [device_of(spec, numbers[spec.name]) for spec in specs],
                CATALOGUE,
                link.for_unit,
                simulation.now,
            )
        yield found


async def read_everything(simulation: Simulation) -> Mapping[str, DeviceReport]:
    reports: dict[int, DeviceReport] = {}
    async with buses(simulation) as found:
        for bus in found.values():
            report = await bus.cycle(simulation.now())
            reports |= report.devices
    return {name: reports[n] for n, name in enumerate(simulation.meters, start=1)}


@pytest.mark.parametrize("site", ["company.yaml", "home.yaml", "technical.yaml"])
async def test_every_device_reads_what_it_has_measured(site: str) -> None:
    async with simulate(SITES / site, ManualClock(NOON), is_timed=False) as simulation:
        reports = await read_everything(simulation)

    for name, meter in simulation.meters.items():
        report = reports[name]
        assert report.status is DeviceStatus.ON, name
        for quantity, milli in recorded_counters(meter, NOON).items():
            assert report.readings[quantity].value * 1000 == milli, (name, quantity)
        if meter.spec.pulse is None:
            assert_gauges_fit(meter, report)
        assert_states_fit(meter, report)


def assert_states_fit(meter: Meter, report: DeviceReport) -> None:
    for quantity, option in meter.equipment.values(NOON).states.items():
        if quantity in meter.model.quantities:
            index = QUANTITIES[quantity].options.index(option)
            assert report.readings[quantity].value == index, (meter.spec.name, quantity)


def assert_gauges_fit(meter: Meter, report: DeviceReport) -> None:
    own = meter.equipment.values(NOON)
    true = {**Electricity(meter.feed).gauges(NOON), **own.gauges}
    # A turned sensor measures reversed powers; what is read is put right again.
    sign = -1 if meter.spec.supply is Supply.DOWNSTREAM else 1
    for quantity, reading in report.readings.items():
        kind = QUANTITIES[quantity].kind
        if kind is Kind.COUNTER or (kind is Kind.STATE and quantity not in true):
            continue
        expected = true[quantity]
        if quantity in SIGNED:
            expected *= sign
        elif quantity.startswith(("power_factor", "active", "reactive")):
            expected = abs(expected)
        tolerance = next(
            t for stem, t in TOLERANCES.items() if quantity.startswith(stem)
        )
        assert float(reading.value) == pytest.approx(expected, abs=tolerance), (
            meter.spec.name,
            quantity,
        )


# What registers.md 0.6 tells apart; the two IME maps begin alike, and so do the two maps
# with a voltage at 0x501D. Not seen: a meter that the user describes, another server, which
# answers for its remote ids only, and a breaker that measures and shows no state.
UNSEEN_MAPS = {"generic", "ews_server"}
UNSEEN_MODELS = {"410659"}


async def test_a_scan_recognises_a_device_of_every_family() -> None:
    async with (
        simulate(
            SITES / "technical.yaml", ManualClock(NOON), is_timed=False
        ) as simulation,
        buses(simulation) as found,
    ):
        named: dict[tuple[str, int], tuple[str, ...]] = {}
        for name, bus in found.items():
            units = {spec.address for spec in simulation.site.devices_behind(name)}
            for unit in units:
                for one in (await bus.scan(unit, unit)).found:
                    named[name, unit] = one.candidates

    for meter in simulation.meters.values():
        source = CATALOGUE.models[
            meter.spec.pulse.concentrator if meter.spec.pulse else meter.spec.model
        ]
        if source.key not in UNSEEN_MODELS and source.map_key not in UNSEEN_MAPS:
            place = (meter.spec.gateway, meter.spec.address)
            assert source.map_key in named[place], (meter.spec.name, named[place])


async def test_harmonics_make_up_the_distortion() -> None:
    """THD² is the sum of the squares of all ranks; each is cut to 0.1 %."""
    site = SITES / "company.yaml"
    async with (
        simulate(site, ManualClock(NOON), is_timed=False) as simulation,
        buses(simulation) as found,
    ):
        numbers = {name: n for n, name in enumerate(simulation.meters, start=1)}
        meter = simulation.meters["Machine tools"]
        bus = found[meter.spec.gateway]
        harmonics = await bus.read_harmonics(numbers["Machine tools"])

    true = Electricity(meter.feed).gauges(NOON)
    assert len(harmonics.series) == 4 + 3 + 3
    for quantity, shares in harmonics.series.items():
        assert shares.keys() == set(range(3, 64, 2)), quantity
        total = hypot(*map(float, shares.values()))
        assert total == pytest.approx(true[f"thd_{quantity}"], abs=0.05 * 31**0.5)


ORDERS: tuple[tuple[str, str, str | Decimal], ...] = (
    ("Signals", "output_3", "on"),
    ("Signals", "output_2_normal_state", "normally_closed"),
    ("Signals", "output_2_mode", "pulse"),
    ("Relays", "output_2_on_time", Decimal(30)),
    ("Outdoor contactor", "output_1", "off"),
    ("Sirens", "output_2", "on"),
    ("Visitors", "current_limit", Decimal(16)),
    ("Twin right", "session_state", "wait"),
    ("Twin left", "ev_plug", "off"),
    ("Premium left", "domestic_plug", "off"),
)


async def test_devices_do_what_the_bus_tells_them() -> None:
    site = SITES / "technical.yaml"
    async with (
        simulate(site, ManualClock(NOON), is_timed=False) as simulation,
        buses(simulation) as found,
    ):
        numbers = {name: n for n, name in enumerate(simulation.meters, start=1)}
        for device, command, value in ORDERS:
            bus = found[simulation.meters[device].spec.gateway]
            await bus.write(numbers[device], command, value)

    for device, command, value in ORDERS:
        shown = simulation.meters[device].equipment.values(NOON)
        if isinstance(value, Decimal):
            assert shown.gauges[command] == value, (device, command)
        else:
            assert shown.states[command] == value, (device, command)
    assert simulation.states("Twin left")["session_state"] == "start"
    assert simulation.states("Twin right")["ev_plug"] == "on"
    assert simulation.states("Premium right")["domestic_plug"] == "on"
