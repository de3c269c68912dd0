"""A simulated site in a process of its own: its work must not slow the client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import json
from pathlib import Path
import re
import subprocess
import sys
import tempfile
from urllib.request import Request, urlopen


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Ports of the gateways by name, and where the site is told of faults."""

    ports: Mapping[str, int]
    control: str

    def tell(self, order: str, body: Mapping[str, object]) -> None:
        """Send an order (``fault``, ``heal``) to the simulator."""
        request = Request(  # noqa: S310 - our own process on loopback
            f"{self.control}/{order}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            answer.read()

    def requests(self) -> int:
        """Requests that have come so far, over all gateways."""
        with urlopen(f"{self.control}/statistics", timeout=10) as answer:  # noqa: S310
            told = json.load(answer)
        return sum(int(gateway["requests"]) for gateway in told.values())


@contextmanager
def simulated(site: Mapping[str, object], *, speed: float = 1) -> Iterator[Endpoints]:
    """Run ``site`` (what its YAML file would hold) until the end of the block.

    The building lives ``speed`` times as fast as we do.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "site.yaml")
        file.write_text(json.dumps(site), encoding="utf-8")  # JSON is YAML
        command = [
            *(sys.executable, "-m", "simulator", str(file)),
            *("--control-port", "0", "--speed", str(speed)),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                ready = process.stdout.readline() if process.stdout else ""
                ports = re.findall(
                    r"(?:: |; )([^;=]+) = \w+://127\.0\.0\.1:(\d+)", ready
                )
                control = re.search(r"control = (http://\S+)", ready)
                if control is None:
                    raise RuntimeError(f"the simulator did not start: {ready}")
                yield Endpoints(
                    ports={name: int(port) for name, port in ports},
                    control=control[1],
                )
            finally:
                process.terminate()
