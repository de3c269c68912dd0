"""The bus over real sockets: simulated gateways, and pymodbus' own server."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from modbus_connection import ModbusTcpParams
from modbus_connection.tmodbus import ModbusConnection
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice
import pytest

from custom_components.legrand_ews.ews.bus import (
    DeviceStatus,
    GatewayBus,
    GatewayReport,
    probe,
)
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Supply,
    TcpLink,
)
from simulator.faults import Fault, FaultKind
from simulator.gateway import Framing
from simulator.site import DeviceSpec

from .bus_site import HOST, NOON, Site, params_of, site_of

SITES = Path("simulator/sites")
HOME = SITES / "home.yaml"
COMPANY = SITES / "company.yaml"
ON = DeviceStatus.ON
ERROR = DeviceStatus.COMMUNICATION_ERROR


@pytest.mark.parametrize("file", [HOME, COMPANY], ids=["home", "company"])
async def test_every_counter_arrives_as_the_meter_shows_it(file: Path) -> None:
    async with site_of(file) as site:
        compared: set[str] = set()
        for name in site.buses:
            report = await site.cycle(name)
            assert report.is_reachable
            for device in report.devices.values():
                assert device.status is ON, (name, device)
            compared |= _compared_counters(site, name, report)
        meters = {
            spec.name
            for spec in site.simulation.site.devices
            if spec.pulse is None and _counts_energy(site, spec)
        }
        assert compared == meters


def _compared_counters(site: Site, gateway: str, report: GatewayReport) -> set[str]:
    """Compare every meter's import with what its display shows, in thousandths."""
    compared: set[str] = set()
    for spec in site.simulation.site.devices_behind(gateway):
        if spec.pulse is not None or not _counts_energy(site, spec):
            continue
        is_turned = spec.supply is Supply.DOWNSTREAM
        shown = site.simulation.meters[spec.name].unit.shown(
            "active_energy_export" if is_turned else "active_energy_import",
            site.simulation.now(),
        )
        found = report.devices[site.id_of(spec.name)].readings["active_energy_import"]
        assert found.value * 1000 == shown, spec.name
        compared.add(spec.name)
    return compared


def _counts_energy(site: Site, spec: DeviceSpec) -> bool:
    return "active_energy_import" in site.catalogue.models[spec.model].quantities


async def test_a_gateway_over_rtu_frames_answers_like_the_others() -> None:
    async with site_of(COMPANY) as site:
        gateways = site.simulation.gateways.values()
        name = next(g.name for g in gateways if g.framing is Framing.RTU_OVER_TCP)
        report = await site.cycle(name)
        assert {device.status for device in report.devices.values()} == {ON}
        report = await site.cycle(name, 60)
        assert report.error_rate == 0


async def test_pulse_meters_share_their_concentrator() -> None:
    async with site_of(COMPANY) as site:
        behind = [s for s in site.simulation.site.devices if s.pulse is not None]
        assert len(behind) >= 2
        for spec in behind:
            report = await site.cycle(spec.gateway)
            readings = report.devices[site.id_of(spec.name)].readings
            assert list(readings) in (
                ["active_energy_import"],
                ["gas_volume"],
                ["water_volume"],
            )


async def test_a_stopped_gateway_takes_its_own_devices_only() -> None:
    async with site_of(COMPANY) as site:
        first, *others = site.buses
        for name in site.buses:
            await site.cycle(name)
        await site.simulation.gateways[first].stop()
        report = await site.cycle(first, 60)
        assert not report.is_reachable
        assert {d.status for d in report.devices.values()} == {ERROR}
        assert {d.error for d in report.devices.values()} == {"gateway_unreachable"}
        for name in others:
            report = await site.cycle(name)
            assert {device.status for device in report.devices.values()} == {ON}
        # Nobody answers for ten minutes; after that it takes one retry, 5 s.
        for _ in range(120):
            report = await site.cycle(first, 5)
            assert not report.is_reachable
        await site.simulation.gateways[first].start()
        report = await site.cycle(first, 5)
        assert report.is_reachable
        assert {device.status for device in report.devices.values()} == {ON}


async def test_a_gateway_that_accepts_and_says_nothing_recovers_as_fast() -> None:
    async with site_of(HOME) as site:
        await site.cycle("Gateway")
        site.simulation.set_fault(Fault(kind=FaultKind.SILENT), gateway="Gateway")
        await site.cycle("Gateway", 60)
        report = await site.cycle("Gateway", 5)
        for _ in range(4):
            report = await site.cycle("Gateway", 5)
        assert {device.status for device in report.devices.values()} == {ERROR}
        site.simulation.clear_faults()
        report = await site.cycle("Gateway", 5)
        assert {device.status for device in report.devices.values()} == {ON}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(kind=FaultKind.SILENT), "device_silent"),
        (Fault(kind=FaultKind.TRUNCATED), "device_silent"),
        (Fault(kind=FaultKind.WRONG_UNIT), "device_reply_invalid"),
        (Fault(kind=FaultKind.EXCEPTION, code=4), "device_refused"),
        # The library asks a busy device again for a minute; we do not wait for it.
        (Fault(kind=FaultKind.EXCEPTION, code=6), "device_silent"),
        (Fault(kind=FaultKind.DELAYED, seconds=1.5), "device_silent"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_a_fault_of_one_device_leaves_the_others_alone(
    fault: Fault, error: str
) -> None:
    async with site_of(HOME) as site:
        await site.cycle("Gateway")
        site.simulation.set_device_fault(fault, "Heat pump")
        await site.cycle("Gateway", 60)
        report = await site.cycle("Gateway", 60)
        ill = site.id_of("Heat pump")
        assert report.devices[ill].status is ERROR
        assert report.devices[ill].error == error
        fresh = site.simulation.now()
        for number, device in report.devices.items():
            if number != ill:
                assert device.status is ON
                assert max(r.read_at for r in device.readings.values()) == fresh
        site.simulation.clear_faults()
        await asyncio.sleep(1.6 if fault.kind is FaultKind.DELAYED else 0)
        report = await site.cycle("Gateway", 300)
        assert report.devices[ill].status is ON


@pytest.mark.parametrize(
    "kind", [FaultKind.SILENT, FaultKind.TRUNCATED, FaultKind.WRONG_UNIT]
)
async def test_a_fault_behind_a_serial_device_server(kind: FaultKind) -> None:
    async with site_of(COMPANY) as site:
        gateways = site.simulation.gateways.values()
        name = next(g.name for g in gateways if g.framing is Framing.RTU_OVER_TCP)
        await site.cycle(name)
        first = site.simulation.site.devices_behind(name)[0].name
        site.simulation.set_device_fault(Fault(kind=kind), first)
        await site.cycle(name, 60)
        report = await site.cycle(name, 60)
        fresh = site.simulation.now()
        for number, device in report.devices.items():
            if number == site.id_of(first):
                assert device.status is ERROR
            else:
                assert device.status is ON
                assert max(r.read_at for r in device.readings.values()) == fresh


async def test_one_spoilt_reply_is_no_fault() -> None:
    async with site_of(HOME) as site:
        await site.cycle("Gateway")
        once = Fault(kind=FaultKind.WRONG_UNIT, replies=1)
        site.simulation.set_device_fault(once, "Lighting")
        report = await site.cycle("Gateway", 60)
        device = report.devices[site.id_of("Lighting")]
        assert (device.status, device.error) == (ON, None)
        assert report.error_rate > 0


async def test_a_watch_beside_the_cycle() -> None:
    async with site_of(HOME) as site:
        await site.cycle("Gateway")
        bus, main = site.buses["Gateway"], site.id_of("Main supply")
        times: list[datetime] = []
        watch = bus.watch_fast(
            main,
            ["current_l1"],
            timedelta(milliseconds=5),
            lambda readings: times.append(readings["current_l1"].read_at),
        )
        try:
            async with asyncio.timeout(10):
                while len(set(times)) < 4:
                    report = await site.cycle("Gateway", 60)
                    assert {d.status for d in report.devices.values()} == {ON}
            # Faults of a neighbour do not concern it.
            site.simulation.set_device_fault(Fault(kind=FaultKind.SILENT), "Lighting")
            await site.cycle("Gateway", 60)
            known = len(times)
            async with asyncio.timeout(10):
                while len(times) <= known:
                    await site.cycle("Gateway", 1)
        finally:
            await watch.stop()
        report = await site.cycle("Gateway")
        assert report.devices[main].status is ON


async def test_the_test_buttons_answer() -> None:
    async with site_of(HOME) as site:
        gateway = site.simulation.gateways["Gateway"]
        link = ModbusConnection(params_of(gateway))
        try:
            answer = await probe.test_gateway(link.for_unit, [1, 2, 200])
            assert (answer.is_reachable, answer.answering) == (True, (1, 2))
            found = await probe.test_device(
                site.devices["Main supply"], site.catalogue, link.for_unit
            )
            assert found.is_reachable
            assert found.recognised == found.map_key == "ime_1000"
            assert 200 < found.readings["voltage_l1"].value < 260
        finally:
            await link.close()
        await gateway.stop()
        link = ModbusConnection(params_of(gateway))
        answer = await probe.test_gateway(link.for_unit, ())
        await link.close()
        assert (answer.is_reachable, answer.error) == (False, "gateway_unreachable")


async def test_a_server_of_another_maker() -> None:
    """A generic meter behind pymodbus: 64-bit counter in input registers."""
    words = [0x0000, 0x0001, 0x0000, 0x0002]
    data = SimData(0x1A2B, values=words, datatype=DataType.REGISTERS)
    server = ModbusTcpServer(SimDevice(7, simdata=[data]), address=(HOST, 0))
    await server.serve_forever(background=True)
    assert server.transport is not None
    port = server.transport.sockets[0].getsockname()[1]
    link = ModbusConnection(ModbusTcpParams(host=HOST, port=port))
    meter = Device(
        id=1,
        name="Generic",
        gateway_id=1,
        address=Address(unit=7),
        model="x_generic_modbus",
        parameters={"function": "4", "register": "1A2B", "words": "4", "factor": "0.5"},
    )
    bus = GatewayBus(
        Gateway(id=1, name="pymodbus", link=TcpLink(host=HOST, port=port)),
        [meter],
        load_catalogue(),
        link.for_unit,
        lambda: NOON,
    )
    try:
        report = await bus.cycle(NOON)
        assert report.devices[1].status is ON
        # (2**32 + 2) x 0.5
        assert report.devices[1].readings["active_energy_import"].value == 2_147_483_649
    finally:
        await link.close()
        await server.shutdown()
