"""The control interface over HTTP, and the command line in a process."""

import asyncio
from collections.abc import AsyncIterator
import contextlib
import json
from pathlib import Path
import re
import signal
import socket
import sys

import aiohttp
import pytest

from simulator.__main__ import main
from simulator.clock import ManualClock
from simulator.control import Control
from simulator.curve import MICRO
from simulator.simulation import Simulation, simulate

from .places import NOON, SITES

ROOT = Path(__file__).parents[3]


class Remote:
    """A client of a simulation's control interface."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._url = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> dict[str, object]:
        async with self._session.get(self._url + path) as response:
            assert response.status == 200
            return await response.json()

    async def post(self, path: str, body: object = None, status: int = 200) -> str:
        data = None if body is None else json.dumps(body)
        async with self._session.post(self._url + path, data=data) as response:
            text = await response.text()
            assert response.status == status, text
            return text


@pytest.fixture
async def home() -> AsyncIterator[Simulation]:
    async with simulate(
        SITES / "home.yaml", ManualClock(NOON), is_timed=False
    ) as simulation:
        yield simulation


@pytest.fixture
async def remote(home: Simulation) -> AsyncIterator[Remote]:
    control = Control(home)
    await control.start(0)
    async with aiohttp.ClientSession() as session:
        yield Remote(session, control.port)
    await control.stop()


async def test_the_site_is_shown(home: Simulation, remote: Remote) -> None:
    shown = await remote.get("/")

    assert shown["site"] == "Home"
    assert shown["now"] == NOON.isoformat()
    assert shown["gateways"] == [
        {
            "name": "Gateway",
            "endpoint": f"127.0.0.1:{home.gateways['Gateway'].port}",
            "framing": "tcp",
            "running": True,
            "faults": [],
        }
    ]
    devices = shown["devices"]
    assert isinstance(devices, list)
    assert [device["name"] for device in devices] == list(home.meters)


async def test_faults_are_set_and_healed(home: Simulation, remote: Remote) -> None:
    gateway = home.gateways["Gateway"]
    await remote.post("/fault", {"device": "Heat pump", "kind": "silent"})
    await remote.post(
        "/fault", {"gateway": "Gateway", "unit": 3, "kind": "delayed", "seconds": 2}
    )
    await remote.post("/fault", {"gateway": "Gateway", "kind": "exception", "code": 6})
    assert set(gateway.faults) == {2, 3, None}

    await remote.post("/heal", {"device": "Heat pump"})
    assert set(gateway.faults) == {3, None}
    await remote.post("/heal")
    assert gateway.faults == {}


async def test_a_gateway_is_stopped_and_started(
    home: Simulation, remote: Remote
) -> None:
    gateway = home.gateways["Gateway"]
    port = gateway.port

    await remote.post("/stop", {"gateway": "Gateway"})
    assert not gateway.is_running
    await remote.post("/start", {"gateway": "Gateway"})
    assert gateway.is_running
    assert gateway.port == port


async def test_counters_and_meters(home: Simulation, remote: Remote) -> None:
    unit = home.meters["Heat pump"].unit
    quantity = "active_energy_import"

    await remote.post(
        "/preset", {"device": "Heat pump", "quantity": quantity, "value": 1234.5}
    )
    assert unit.counters(NOON)[quantity] == 1_234_500_000
    await remote.post(
        "/preset",
        {"device": "Heat pump", "quantity": quantity, "before_roll_over": 10},
    )
    assert unit.counters(NOON)[quantity] == unit.roll_over(quantity) - 10 * MICRO
    await remote.post("/preset", {"device": "Water", "quantity": "input_1", "value": 7})
    assert home.meters["Water"].unit.counters(NOON)["input_1"] == 7
    await remote.post("/reset", {"device": "Heat pump"})
    assert unit.counters(NOON)[quantity] == 0
    await remote.post("/exchange", {"device": "Heat pump", "serial": "815"})
    assert unit.serial == "815"


async def test_time_and_statistics(home: Simulation, remote: Remote) -> None:
    await remote.post("/clock", {"advance_s": 3600})
    home.gateways["Gateway"].statistics.requests = 5

    assert await remote.get("/clock") == {"now": "2026-11-23T12:00:00+00:00"}
    statistics = await remote.get("/statistics")
    gateway = statistics["Gateway"]
    assert isinstance(gateway, dict)
    assert gateway["requests"] == 5


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        ("/fault", {"gateway": "X", "kind": "silent"}, 404, "not there: X"),
        ("/fault", {"device": "X", "kind": "silent"}, 404, "not there: X"),
        ("/fault", {"gateway": "Gateway", "unit": 9, "kind": "silent"}, 404, "9"),
        ("/fault", {"gateway": "Gateway", "unit": "9"}, 400, "unit must be a number"),
        ("/fault", {"gateway": "Gateway", "kind": "sad"}, 400, "sad"),
        ("/fault", {"kind": "silent"}, 400, "gateway must be a text"),
        ("/fault", [1], 400, "a JSON object is expected"),
        ("/clock", {"advance_s": -5}, 400, "backwards"),
        ("/clock", {"advance_s": "5"}, 400, "advance_s must be a number"),
        ("/exchange", {"device": "Water", "serial": "A-1"}, 400, "digits"),
        ("/reset", {"device": "X"}, 404, "not there: X"),
        ("/trip", {"device": "Water"}, 404, "not there: breaker of Water"),
        ("/trip", {"device": "Lighting breaker", "cause": "x"}, 400, "cause 'x'"),
        ("/open", {"device": "Wallbox"}, 404, "not there: breaker of Wallbox"),
        ("/close", {}, 400, "device must be a text"),
        ("/input", {"device": "Water", "input": 1, "on": True}, 404, "input 1"),
        ("/input", {"device": "Gate and bell", "input": 9, "on": True}, 404, "input 9"),
        ("/input", {"device": "Gate and bell", "input": 1}, 400, "true or false"),
        (
            "/input",
            {"device": "Lighting breaker", "input": 1, "on": True},
            404,
            "input 1",
        ),
        ("/plug_in", {"device": "Water"}, 404, "not there: station Water"),
        ("/plug_in", {"device": "Wallbox", "plug": "domestic"}, 400, "no domestic"),
        ("/plug_in", {"device": "Wallbox", "plug": "usb"}, 400, "usb"),
        ("/plug_in", {"device": "Wallbox", "highest_a": 6}, 400, "7 A"),
        ("/plug_in", {"device": "Wallbox", "ignores_limit": 1}, 400, "true or false"),
        ("/unplug", {"device": "Wallbox"}, 400, "no car is plugged in"),
        ("/station_error", {"device": "Wallbox", "error": "x"}, 400, "error 'x'"),
    ],
)
async def test_a_wrong_request_says_why(
    remote: Remote, path: str, body: object, status: int, message: str
) -> None:
    assert message in await remote.post(path, body, status)


async def test_breakers_are_steered(home: Simulation, remote: Remote) -> None:
    breaker, lighting = {"device": "Lighting breaker"}, home.meters["Lighting"]

    answer = await remote.post("/trip", {**breaker, "cause": "earth_fault"})
    states = json.loads(answer)["states"]
    assert states["contact_state"] == "open"
    assert states["fault_trip"] == "on"
    assert lighting.feed.flows[0].rate(NOON) == 0
    answer = await remote.post("/close", breaker)
    assert json.loads(answer)["states"]["contact_state"] == "closed"
    assert lighting.feed.flows[0].rate(NOON) > 0
    answer = await remote.post("/open", breaker)
    assert json.loads(answer)["states"]["fault_trip"] == "off"


async def test_inputs_are_set(home: Simulation, remote: Remote) -> None:
    module = {"device": "Gate and bell", "input": 2}

    answer = await remote.post("/input", {**module, "on": True})
    assert json.loads(answer)["states"]["input_2"] == "on"
    await remote.post("/input", {**module, "value": 4.5})
    gauges = home.meters["Gate and bell"].equipment.values(NOON).gauges
    assert gauges["analogue_input_2"] == 4.5
    shown = await remote.get("/")
    devices = shown["devices"]
    assert isinstance(devices, list)
    assert devices[-1]["states"]["input_2"] == "on"


async def test_cars_come_and_go(home: Simulation, remote: Remote) -> None:
    station = {"device": "Wallbox"}

    answer = await remote.post(
        "/plug_in", {**station, "wanted_wh": 1000, "highest_a": 16}
    )
    assert json.loads(answer)["states"]["charge_state"] == "charging"
    await remote.post("/clock", {"advance_s": 3600})
    assert home.states("Wallbox")["charge_state"] == "finished"
    answer = await remote.post("/station_error", {**station, "error": "plug_lock"})
    assert json.loads(answer)["states"]["station_error"] == "plug_lock"
    await remote.post("/station_error", {**station, "error": "none"})
    answer = await remote.post("/unplug", station)
    assert json.loads(answer)["states"]["charge_state"] == "no_vehicle"
    await remote.post("/plug_in", {**station, "ignores_limit": True})
    flow = home.meters["Wallbox"].equipment.station
    assert flow is not None
    flow.set_limit(7, home.now())
    assert flow.moment(home.now()).current_a == 32


async def start_command(*options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        str(SITES / "home.yaml"),
        *options,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_command_says_when_it_is_ready_and_ends_well(
    number: signal.Signals,
) -> None:
    process = await start_command("--control-port", "0", "--speed", "60")
    assert process.stdout is not None
    async with asyncio.timeout(60):
        line = (await process.stdout.readline()).decode()
    ready = re.fullmatch(
        r"ready: Gateway = tcp://127\.0\.0\.1:(\d+); control = http://127\.0\.0\.1:(\d+)\n",
        line,
    )
    assert ready is not None, line
    reader, writer = await asyncio.open_connection("127.0.0.1", int(ready[1]))
    writer.write(bytes.fromhex("0001 0000 0006 01 03 1000 0002"))
    async with asyncio.timeout(10):
        assert (await reader.readexactly(13))[6:9] == b"\x01\x03\x04"
    writer.close()
    async with aiohttp.ClientSession() as session:
        assert (await Remote(session, int(ready[2])).get("/"))["site"] == "Home"

    process.send_signal(number)
    async with asyncio.timeout(20):
        _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


def five_free_ports() -> int:
    """First of five ports in a row that nobody uses."""
    for base in range(20_000, 30_000, 5):
        with contextlib.ExitStack() as stack:
            try:
                for port in range(base, base + 5):
                    found = stack.enter_context(socket.socket())
                    found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return base
    raise AssertionError("no five ports in a row are free")


async def test_base_port_counts_up_from_the_first_gateway() -> None:
    base = five_free_ports()
    async with simulate(
        SITES / "company.yaml", ManualClock(NOON), base_port=base
    ) as simulation:
        ports = [gateway.port for gateway in simulation.gateways.values()]

    assert ports == [base, base + 1, base + 2, base + 3, base + 4]


def test_a_site_that_is_wrong_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("name: Nowhere\n")

    assert main([str(path)]) == 2
    assert "installed: is missing" in capsys.readouterr().err
    assert main([str(tmp_path / "absent.yaml")]) == 2


@pytest.mark.parametrize("speed", ["0", "-1", "inf"])
def test_a_speed_must_be_positive(speed: str) -> None:
    with pytest.raises(SystemExit) as error:
        main([str(SITES / "home.yaml"), f"--speed={speed}"])

    assert error.value.code == 2
