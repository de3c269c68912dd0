"""A simulated site as the bus sees it: gateways by name, over real sockets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from modbus_connection import ModbusSerialParams, ModbusTcpParams
from modbus_connection.tmodbus import ModbusConnection

from custom_components.legrand_ews.ews.bus import GatewayBus, GatewayReport
from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    PulseInput,
    TcpLink,
)
from simulator.clock import ManualClock
from simulator.gateway import Framing, SimulatedGateway
from simulator.simulation import Simulation, simulate
from simulator.site import DeviceSpec, SiteSpec

NOON = datetime(2026, 3, 17, 11, 0, tzinfo=UTC)
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Site:
    """A simulation with a bus on every gateway; the clock is the simulation's."""

    simulation: Simulation
    catalogue: Catalogue
    buses: Mapping[str, GatewayBus]
    devices: Mapping[str, Device]

    async def cycle(self, gateway: str, seconds: float = 0) -> GatewayReport:
        """Let time pass and run one cycle of a gateway."""
        self.simulation.clock.advance(timedelta(seconds=seconds))
        return await self.buses[gateway].cycle(self.simulation.now())

    def id_of(self, device: str) -> int:
        """Permanent number of a device."""
        return self.devices[device].id


@asynccontextmanager
async def site_of(spec: SiteSpec | Path | str) -> AsyncIterator[Site]:
    """Run a site and connect to all its gateways as Home Assistant does."""
    catalogue = load_catalogue()
    async with AsyncExitStack() as stack:
        running = simulate(spec, ManualClock(NOON), is_timed=False, catalogue=catalogue)
        simulation = await stack.enter_async_context(running)
        specs = simulation.site.devices
        devices = {s.name: device_of(n, s) for n, s in enumerate(specs, start=1)}
        buses: dict[str, GatewayBus] = {}
        for number, (name, gateway) in enumerate(simulation.gateways.items(), start=1):
            link = ModbusConnection(params_of(gateway))
            stack.push_async_callback(link.close)
            is_rtu = gateway.framing is Framing.RTU_OVER_TCP
            buses[name] = GatewayBus(
                Gateway(
                    id=number,
                    name=name,
                    link=TcpLink(host=HOST, port=gateway.port, is_rtu=is_rtu),
                    timeout_ms=100,
                ),
                [devices[s.name] for s in specs if s.gateway == name],
                catalogue,
                link.for_unit,
                simulation.now,
            )
        yield Site(simulation, catalogue, buses, devices)


def params_of(gateway: SimulatedGateway) -> ModbusTcpParams | ModbusSerialParams:
    """Return the way to a simulated gateway."""
    if gateway.framing is Framing.RTU_OVER_TCP:
        return ModbusSerialParams(
            device=f"socket://{HOST}:{gateway.port}", baudrate=115_200, framer="rtu"
        )
    return ModbusTcpParams(host=HOST, port=gateway.port)


def device_of(number: int, spec: DeviceSpec) -> Device:
    """Return what a user would enter for a simulated device."""
    pulse = spec.pulse
    return Device(
        id=number,
        name=spec.name,
        gateway_id=1,
        address=Address(
            unit=spec.address, position=spec.side if pulse is None else pulse.position
        ),
        model=spec.model,
        supply=spec.supply,
        parameters=spec.parameters,
        pulse_input=None
        if pulse is None
        else PulseInput(concentrator=pulse.concentrator, weight=pulse.weight),
    )
