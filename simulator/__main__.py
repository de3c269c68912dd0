"""``python -m simulator SITE.yaml``: run a site until interrupted."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
import signal
import sys

from .clock import RunningClock
from .control import HOST, Control
from .reading import SiteError
from .simulation import Simulation
from .site import load_site

_WRONG_SITE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 after SIGINT or SIGTERM."""
    options = _parser().parse_args(arguments)
    try:
        simulation = Simulation(
            load_site(options.site), RunningClock(speed=options.speed)
        )
    except (OSError, SiteError) as error:
        print(f"{options.site}: {error}", file=sys.stderr)
        return _WRONG_SITE
    asyncio.run(_run(simulation, options.base_port, options.control_port))
    return 0


async def _run(
    simulation: Simulation, base_port: int, control_port: int | None
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    control = None if control_port is None else Control(simulation)
    try:
        await simulation.start(base_port)
        endpoints = [
            f"{gateway.name} = {gateway.framing}://{HOST}:{gateway.port}"
            for gateway in simulation.gateways.values()
        ]
        if control is not None and control_port is not None:
            await control.start(control_port)
            endpoints.append(f"control = http://{HOST}:{control.port}")
        print(f"ready: {'; '.join(endpoints)}", flush=True)
        await stop.wait()
    finally:
        if control is not None:
            await control.stop()
        await simulation.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Serve a virtual installation over Modbus until interrupted.",
    )
    parser.add_argument("site", type=Path, metavar="SITE.yaml", help="site to run")
    parser.add_argument(
        "--base-port",
        type=int,
        default=0,
        metavar="N",
        help="port of the first gateway, the others follow (default: free ports)",
    )
    parser.add_argument(
        "--control-port",
        type=int,
        metavar="N",
        help="port of the control interface (default: none; 0: a free one)",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help="building time runs X times as fast as real time (default: 1)",
    )
    return parser


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return speed


if __name__ == "__main__":
    sys.exit(main())
