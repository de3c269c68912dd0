"""Run a private Home Assistant."""

import asyncio
from collections.abc import AsyncIterator
import contextlib
from dataclasses import dataclass
import json
import os
from pathlib import Path
import signal
import socket
import sys
import time
from typing import Self

import aiohttp

from .client import Client, DemoError


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where Home Assistant believes to stand; its civil time cuts days."""

    name: str
    time_zone: str
    country: str
    currency: str
    latitude: float
    longitude: float
    language: str = "en"


def write_configuration(
    folder: Path, place: Place, port: int, integration: Path, more: str = ""
) -> None:
    """Lay out a configuration folder that needs no internet.

    Existing files of a former run are kept, apart from the address of the
    server, which follows ``port``. ``more`` is put below its configuration.
    """
    storage = folder / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    components = folder / "custom_components"
    components.mkdir(exist_ok=True)
    link = components / integration.name
    if not link.is_symlink() or link.resolve() != integration.resolve():
        link.unlink(missing_ok=True)
        link.symlink_to(integration.resolve())
    (folder / "configuration.yaml").write_text(
        _configuration(place, port) + more, encoding="utf-8"
    )
    # HTTP settings in YAML are only a trial that is reverted after minutes.
    http = {
        "version": 3,
        "minor_version": 1,
        "key": "http",
        "data": {
            "stable": {
                "server_host": ["127.0.0.1"],
                "server_port": port,
                "cors_allowed_origins": [],
                "login_attempts_threshold": -1,
                "ip_ban_enabled": False,
                "ssl_profile": "intermediate_v6",
                "use_x_frame_options": True,
                "created_at": "2026-01-01T00:00:00+00:00",
                "error": None,
                "error_message": None,
            },
            "pending": None,
            "yaml_migration_done": True,
        },
    }
    (storage / "http").write_text(json.dumps(http), encoding="utf-8")


def _configuration(place: Place, port: int) -> str:
    url = f"http://127.0.0.1:{port}"
    core = {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "elevation": 50,
        "unit_system": "metric",
        "currency": place.currency,
        "country": place.country,
        "time_zone": place.time_zone,
        "language": place.language,
        "internal_url": url,
        "external_url": url,
    }
    # What default_config brings and works without the internet.
    plain = ("config", "history", "logbook", "energy", "media_source", "mobile_app")
    lines = ["homeassistant:"]
    lines += [f"  {key}: {json.dumps(value)}" for key, value in core.items()]
    lines += [f"{name}:" for name in (*plain, "sun")]
    lines += ["recorder:", "  commit_interval: 1", "logger:", "  default: warning"]
    lines += ["automation: []", "script: {}", "scene: []"]
    return "\n".join(lines) + "\n"


class HomeAssistant(Client):
    """A server of our own and a connection to it."""

    def __init__(self, url: str, process: asyncio.subprocess.Process) -> None:
        """Hold the server at ``url``; use ``start`` to make one."""
        super().__init__(url)
        self._process = process

    @classmethod
    async def start(cls, folder: Path, port: int, *, timeout_s: float = 120) -> Self:
        """Start Home Assistant on ``folder`` and wait until it answers."""
        server = await cls.launch(folder, port)
        try:
            await server.wait_until_answering(timeout_s)
        except BaseException:
            await server.stop()
            raise
        return server

    @classmethod
    async def launch(cls, folder: Path, port: int) -> Self:
        """Start Home Assistant on ``folder`` and do not wait for it."""
        log = (folder / "home-assistant.out").open("ab")
        environment = {
            k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"
        }
        with log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "homeassistant",
                "--config",
                str(folder),
                "--skip-pip",
                "--log-no-color",
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
        return cls(f"http://127.0.0.1:{port}", process)

    async def wait_until_answering(self, timeout_s: float = 120) -> None:
        """Wait for the first answer; DemoError when the server ends before."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self._process.returncode is not None:
                raise DemoError(
                    "Home Assistant stopped while starting; see home-assistant.out "
                    "in the configuration folder"
                )
            with contextlib.suppress(aiohttp.ClientError):
                async with self._session.get(f"{self.url}/manifest.json") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.2)
        raise DemoError(f"Home Assistant did not answer within {timeout_s:.0f} s")

    async def stop(self) -> None:
        """End the server in good order; kill it when it does not end."""
        await self.disconnect()
        if self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(40):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def kill(self) -> None:
        """End the server as a power cut does."""
        await self.disconnect()
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def wait(self) -> int:
        """Wait until the server ends by itself; returns its exit code."""
        return await self._process.wait()


@contextlib.asynccontextmanager
async def running(folder: Path, port: int) -> AsyncIterator[HomeAssistant]:
    """Home Assistant on ``folder`` for as long as the context lasts."""
    server = await HomeAssistant.start(folder, port)
    try:
        yield server
    finally:
        await server.stop()


def free_port() -> int:
    """Return a free port of the loopback interface, for tests and ``--port 0``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
