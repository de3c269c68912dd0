"""A running simulation: the public door for tests, demo and benchmarks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue

from .assembly import Meter, build_building, build_meters, build_responder
from .charging import Car, Plug
from .clock import Clock, RunningClock
from .curve import MICRO
from .faults import Fault
from .gateway import SimulatedGateway
from .outputs import Terminals
from .site import GatewaySpec, SiteSpec, load_site
from .station import StationFlow
from .switchgear import Breaker


class Simulation:
    """A site in life: gateways by name, meters by device name.

    Building it reads the catalogue from disk (or takes ``catalogue``); ports
    open with ``start``. ``is_timed=False`` leaves out the line's byte times.
    """

    def __init__(
        self,
        site: SiteSpec,
        clock: Clock | None = None,
        *,
        is_timed: bool = True,
        catalogue: Catalogue | None = None,
    ) -> None:
        """Build the site; SiteError where the file and catalogue disagree."""
        self.site = site
        self.clock: Clock = clock or RunningClock()
        self.building = build_building(site)
        self.meters: Mapping[str, Meter] = MappingProxyType(
            dict(build_meters(site, self.building, catalogue or load_catalogue()))
        )
        self.gateways: Mapping[str, SimulatedGateway] = MappingProxyType(
            {
                spec.name: self._gateway(spec, is_timed=is_timed)
                for spec in site.gateways
            }
        )

    async def start(self, base_port: int = 0) -> None:
        """Open every gateway: on ``base_port`` and following, or on free ports.

        Values are worked out once before, so that no first reply is late.
        """
        for meter in self.meters.values():
            meter.unit.prepare(self.clock.now())
        for index, gateway in enumerate(self.gateways.values()):
            await gateway.start(base_port + index if base_port else gateway.port)

    async def stop(self) -> None:
        """Close every gateway."""
        for gateway in self.gateways.values():
            await gateway.stop()

    def set_fault(self, fault: Fault, *, gateway: str, unit: int | None = None) -> None:
        """Put a fault on a gateway or one of its units; KeyError if not there."""
        self.gateways[gateway].set_fault(fault, unit)

    def set_device_fault(self, fault: Fault, device: str) -> None:
        """Put a fault on the unit that a device is on."""
        spec = self.meters[device].spec
        self.set_fault(fault, gateway=spec.gateway, unit=spec.address)

    def clear_device_fault(self, device: str) -> None:
        """Heal the unit that a device is on."""
        spec = self.meters[device].spec
        self.gateways[spec.gateway].clear_fault(spec.address)

    def clear_faults(self) -> None:
        """Heal everything; counters keep what happened to them."""
        for gateway in self.gateways.values():
            gateway.clear_faults()

    def reset_counters(self, device: str) -> None:
        """Set the device's counters to zero: a reset, or a meter restarted."""
        meter = self.meters[device]
        meter.unit.reset(self.clock.now(), _own_counters(meter))

    def preset_counter(self, device: str, quantity: str, value: int) -> None:
        """Let a counter show ``value`` (millionths of its unit; counts of an input).

        Inputs of a concentrator are called ``input_1`` ... KeyError for a
        counter that the device has not.
        """
        self.meters[device].unit.preset(quantity, value, self.clock.now())

    def preset_before_roll_over(self, device: str, quantity: str, rest: int) -> None:
        """Let a counter roll over after ``rest`` more, in the same units."""
        unit = self.meters[device].unit
        unit.preset(quantity, unit.roll_over(quantity) - rest, self.clock.now())

    def exchange_meter(self, device: str, serial: str) -> None:
        """Replace the device by a new one: new serial number, zero counters."""
        self.meters[device].unit.exchange(self.clock.now(), serial)

    def trip(
        self, device: str, cause: str = "test", current_a: float | None = None
    ) -> None:
        """Let a breaker trip; without ``current_a`` at the current through it.

        KeyError for a device without a breaker, ValueError for an unknown
        cause or one that is not closed; likewise below.
        """
        self._breaker(device).trip(self.now(), cause, current_a)

    def open(self, device: str) -> None:
        """Open a breaker or a contactor by hand."""
        contactor = self.meters[device].equipment.contactor
        (contactor or self._breaker(device)).open(self.now())

    def close(self, device: str) -> None:
        """Close a breaker, also after a trip, or a contactor by hand."""
        contactor = self.meters[device].equipment.contactor
        (contactor or self._breaker(device)).close(self.now())

    def set_input(self, device: str, number: int, *, is_on: bool) -> None:
        """Set a digital input of a module.

        The first two of a state module are the contact and the trip signal of
        its breaker, which follows.
        """
        meter = self.meters[device]
        if meter.equipment.breaker and f"input_{number}" not in meter.model.quantities:
            raise KeyError(f"input {number}")
        meter.equipment.set_input(number, self.now(), is_on=is_on)

    def set_analogue_input(self, device: str, number: int, value: float) -> None:
        """Hold an analogue input of a module at a value."""
        self._terminals(device).set_analogue_input(number, value)

    def plug_in(
        self,
        device: str,
        *,
        plug: str = Plug.EV,
        wanted_wh: float = 20_000,
        highest_a: int = 32,
        ignores_limit: bool = False,
    ) -> None:
        """Connect a car to a charging station's side; it may ignore the pilot."""
        if (
            plug == Plug.DOMESTIC
            and "domestic_plug" not in self.meters[device].model.quantities
        ):
            raise ValueError(f"{device} has no domestic plug")
        car = Car(
            plug=Plug(plug),
            highest_a=highest_a,
            wanted=int(wanted_wh * MICRO),
            ignores_limit=ignores_limit,
        )
        self._station(device).plug_in(car, self.now())

    def unplug(self, device: str) -> None:
        """Take the car away from a charging station's side."""
        self._station(device).unplug(self.now())

    def set_station_error(self, device: str, error: str | None) -> None:
        """Let a station's side fail, or heal it with None."""
        self._station(device).set_error(error, self.now())

    def set_load(self, circuit: str, watts: float) -> None:
        """Let a circuit with profile ``on_demand`` draw so much from now on.

        KeyError for another circuit, ValueError for more than its rating.
        """
        demand = self.building.circuits[circuit].demand
        _part(demand, f"load on demand {circuit}").set_load(watts, self.now())

    def states(self, device: str) -> Mapping[str, str]:
        """States of a device by quantity, as its registers show them now."""
        return self.meters[device].equipment.values(self.now()).states

    def now(self) -> datetime:
        """The simulated instant in UTC."""
        return self.clock.now()

    def _breaker(self, device: str) -> Breaker:
        return _part(self.meters[device].equipment.breaker, f"breaker of {device}")

    def _terminals(self, device: str) -> Terminals:
        return _part(self.meters[device].equipment.terminals, f"terminals of {device}")

    def _station(self, device: str) -> StationFlow:
        return _part(self.meters[device].equipment.station, f"station {device}")

    def _gateway(self, spec: GatewaySpec, *, is_timed: bool) -> SimulatedGateway:
        at_address: dict[int, list[Meter]] = {}
        for meter in self.meters.values():
            if meter.spec.gateway == spec.name:
                at_address.setdefault(meter.spec.address, []).append(meter)
        units = {address: build_responder(m) for address, m in at_address.items()}
        return SimulatedGateway(
            name=spec.name,
            units=units,
            clock=self.clock,
            line=spec.line,
            framing=spec.framing,
            is_timed=is_timed,
            unit_timeout_s=spec.timeout_ms / 1000,
            answers_for_silent=spec.answers_for_silent,
            is_strict=spec.is_strict,
        )


def _part[T](part: T | None, name: str) -> T:
    if part is None:
        raise KeyError(name)
    return part


def _own_counters(meter: Meter) -> list[str] | None:
    """A pulse meter owns its input; any other device all counters of its unit."""
    return None if meter.spec.pulse is None else [f"input_{meter.spec.pulse.position}"]


@asynccontextmanager
async def simulate(
    site: SiteSpec | Path | str,
    clock: Clock | None = None,
    *,
    is_timed: bool = True,
    base_port: int = 0,
    catalogue: Catalogue | None = None,
) -> AsyncIterator[Simulation]:
    """Run a site inside this event loop, and stop it at the end.

    ``async with simulate(site) as simulation: simulation.gateways[name].port``
    """
    spec = site if isinstance(site, SiteSpec) else load_site(site)
    simulation = Simulation(spec, clock, is_timed=is_timed, catalogue=catalogue)
    try:
        await simulation.start(base_port)
        yield simulation
    finally:
        await simulation.stop()
