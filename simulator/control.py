"""A small HTTP/JSON interface on loopback to steer a running simulation.

README.md lists the requests. Every answer is a JSON object; a wrong request
gets status 400 or 404 and ``{"error": ...}``.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
import json
from typing import Final

from aiohttp import web

from .curve import MICRO
from .faults import Fault
from .gateway import SimulatedGateway
from .simulation import Simulation

HOST: Final = "127.0.0.1"

type _Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """The interface of one simulation; ``start`` opens it, ``stop`` closes it."""

    def __init__(self, simulation: Simulation) -> None:
        """Prepare the routes."""
        self.port = 0
        self._simulation = simulation
        self._runner = web.AppRunner(self._application())

    async def start(self, port: int) -> None:
        """Listen on ``port`` of loopback; 0 takes any free one."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[_answer_errors])
        application.router.add_get("/", self._show)
        application.router.add_get("/statistics", self._statistics)
        application.router.add_get("/clock", self._show_clock)
        for path, action in {
            "/clock": self._advance,
            "/fault": self._set_fault,
            "/heal": self._heal,
            "/stop": self._stop_gateway,
            "/start": self._start_gateway,
            "/reset": self._reset,
            "/preset": self._preset,
            "/exchange": self._exchange,
            "/trip": self._trip,
            "/open": self._open,
            "/close": self._close,
            "/input": self._set_input,
            "/plug_in": self._plug_in,
            "/unplug": self._unplug,
            "/station_error": self._set_station_error,
            "/load": self._set_load,
        }.items():
            application.router.add_post(path, action)
        return application

    async def _show(self, _: web.Request) -> web.Response:
        simulation = self._simulation
        return web.json_response(
            {
                "site": simulation.site.name,
                "now": simulation.now().isoformat(),
                "gateways": [
                    _show(gateway) for gateway in simulation.gateways.values()
                ],
                "devices": [
                    {
                        "name": name,
                        "gateway": meter.spec.gateway,
                        "address": meter.spec.address,
                        "model": meter.spec.model,
                        "serial": meter.unit.serial,
                        "exchanges": meter.unit.exchanges,
                        "states": dict(simulation.states(name)),
                    }
                    for name, meter in simulation.meters.items()
                ],
            }
        )

    async def _statistics(self, _: web.Request) -> web.Response:
        gateways = self._simulation.gateways
        return web.json_response({n: asdict(g.statistics) for n, g in gateways.items()})

    async def _show_clock(self, _: web.Request) -> web.Response:
        return web.json_response({"now": self._simulation.now().isoformat()})

    async def _advance(self, request: web.Request) -> web.Response:
        seconds = _number(await _body(request), "advance_s")
        self._simulation.clock.advance(timedelta(seconds=float(seconds)))
        return await self._show_clock(request)

    async def _set_fault(self, request: web.Request) -> web.Response:
        data = await _body(request)
        gateway, unit = self._target(data)
        rest = {k: v for k, v in data.items() if k not in {"gateway", "device", "unit"}}
        gateway.set_fault(Fault.from_mapping(rest), unit)
        return web.json_response(_show(gateway))

    async def _heal(self, request: web.Request) -> web.Response:
        data = await _body(request)
        if not data:
            self._simulation.clear_faults()
            return web.json_response({})
        gateway, unit = self._target(data)
        gateway.clear_fault(unit)
        return web.json_response(_show(gateway))

    async def _stop_gateway(self, request: web.Request) -> web.Response:
        gateway, _ = self._target(await _body(request))
        await gateway.stop()
        return web.json_response(_show(gateway))

    async def _start_gateway(self, request: web.Request) -> web.Response:
        gateway, _ = self._target(await _body(request))
        await gateway.start()
        return web.json_response(_show(gateway))

    async def _reset(self, request: web.Request) -> web.Response:
        self._simulation.reset_counters(_text(await _body(request), "device"))
        return web.json_response({})

    async def _preset(self, request: web.Request) -> web.Response:
        data = await _body(request)
        quantity = _text(data, "quantity")
        # Inputs count pulses; everything else has millionths of its unit.
        scale = 1 if quantity.startswith("input_") else MICRO
        device = _text(data, "device")
        if "before_roll_over" in data:
            rest = int(_number(data, "before_roll_over") * scale)
            self._simulation.preset_before_roll_over(device, quantity, rest)
        else:
            value = int(_number(data, "value") * scale)
            self._simulation.preset_counter(device, quantity, value)
        return web.json_response({})

    async def _exchange(self, request: web.Request) -> web.Response:
        data = await _body(request)
        serial = _text(data, "serial")
        if not (serial.isascii() and serial.isdigit()):
            raise ValueError("a serial number is made of digits")
        self._simulation.exchange_meter(_text(data, "device"), serial)
        return web.json_response({})

    async def _trip(self, request: web.Request) -> web.Response:
        data = await _body(request)
        device = _text(data, "device")
        current_a = float(_number(data, "current_a")) if "current_a" in data else None
        self._simulation.trip(device, _text(data, "cause", "test"), current_a)
        return self._show_states(device)

    async def _open(self, request: web.Request) -> web.Response:
        device = _text(await _body(request), "device")
        self._simulation.open(device)
        return self._show_states(device)

    async def _close(self, request: web.Request) -> web.Response:
        device = _text(await _body(request), "device")
        self._simulation.close(device)
        return self._show_states(device)

    async def _set_input(self, request: web.Request) -> web.Response:
        data = await _body(request)
        device, number = _text(data, "device"), int(_number(data, "input"))
        if "value" in data:
            value = float(_number(data, "value"))
            self._simulation.set_analogue_input(device, number, value)
        else:
            self._simulation.set_input(device, number, is_on=_truth(data, "on"))
        return self._show_states(device)

    async def _plug_in(self, request: web.Request) -> web.Response:
        data = await _body(request)
        device = _text(data, "device")
        self._simulation.plug_in(
            device,
            plug=_text(data, "plug", "ev"),
            wanted_wh=float(_number(data, "wanted_wh", 20_000)),
            highest_a=int(_number(data, "highest_a", 32)),
            ignores_limit=_truth(data, "ignores_limit", default=False),
        )
        return self._show_states(device)

    async def _unplug(self, request: web.Request) -> web.Response:
        device = _text(await _body(request), "device")
        self._simulation.unplug(device)
        return self._show_states(device)

    async def _set_station_error(self, request: web.Request) -> web.Response:
        data = await _body(request)
        device, error = _text(data, "device"), _text(data, "error")
        self._simulation.set_station_error(device, None if error == "none" else error)
        return self._show_states(device)

    async def _set_load(self, request: web.Request) -> web.Response:
        data = await _body(request)
        watts = float(_number(data, "watts"))
        self._simulation.set_load(_text(data, "circuit"), watts)
        return web.json_response({"circuit": data["circuit"], "watts": watts})

    def _show_states(self, device: str) -> web.Response:
        return web.json_response({"states": dict(self._simulation.states(device))})

    def _target(
        self, data: Mapping[str, object]
    ) -> tuple[SimulatedGateway, int | None]:
        """The gateway that ``data`` names, and the unit if it names one."""
        gateways = self._simulation.gateways
        if "device" in data:
            spec = self._simulation.meters[_text(data, "device")].spec
            return gateways[spec.gateway], spec.address
        unit = data.get("unit")
        if unit is not None and not isinstance(unit, int):
            raise ValueError("unit must be a number")
        return gateways[_text(data, "gateway")], unit


def _show(gateway: SimulatedGateway) -> dict[str, object]:
    return {
        "name": gateway.name,
        "endpoint": f"{HOST}:{gateway.port}",
        "framing": gateway.framing,
        "running": gateway.is_running,
        "faults": [
            {"unit": unit, **asdict(fault)} for unit, fault in gateway.faults.items()
        ],
    }


async def _body(request: web.Request) -> Mapping[str, object]:
    text = await request.text()
    data = json.loads(text) if text else {}
    if not isinstance(data, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004
    return data


def _text(data: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"{key} must be a text")  # noqa: TRY004
    return value


def _truth(
    data: Mapping[str, object], key: str, *, default: bool | None = None
) -> bool:
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false")  # noqa: TRY004
    return value


def _number(
    data: Mapping[str, object], key: str, default: float | None = None
) -> Decimal:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key} must be a number")  # noqa: TRY004
    return Decimal(str(value))


@web.middleware
async def _answer_errors(request: web.Request, handler: _Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except KeyError as error:
        return web.json_response({"error": f"not there: {error.args[0]}"}, status=404)
    except (ValueError, ArithmeticError) as error:
        return web.json_response({"error": str(error)}, status=400)
