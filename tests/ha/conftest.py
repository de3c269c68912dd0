"""Fixtures for tests inside Home Assistant.

The kit is loaded here and not by its entry point (`pyproject.toml` switches that off),
so that the other folders run without Home Assistant.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
import logging
from pathlib import Path
import threading
import traceback
from typing import TYPE_CHECKING, override
from unittest.mock import patch

from freezegun import freeze_time
from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

# Ours must be found before the kit's own folder of that name.
import custom_components  # noqa: F401

from .flow_registers import registers
from .modbus_server import ModbusServer

if TYPE_CHECKING:
    # The kit has to be the first to load the recorder, later.
    from pytest_homeassistant_custom_component.common import MockConfigEntry

INTEGRATION = "custom_components.legrand_ews"

pytest_plugins = ("respx.plugin", "pytest_homeassistant_custom_component.plugins")


def pytest_configure() -> None:
    """Log everything of ours, but not every statement of every database."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    logging.getLogger(INTEGRATION).setLevel(logging.DEBUG)


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Look where work of the loop comes from, as its debug mode does.

    That would also keep the whole stack for every future, which costs as much as the
    tests themselves.
    """
    loop = asyncio.get_running_loop()
    thread = threading.get_ident()

    def watched[**P](
        schedule: Callable[P, asyncio.Handle],
    ) -> Callable[P, asyncio.Handle]:
        def run(*args: P.args, **kwargs: P.kwargs) -> asyncio.Handle:
            if threading.get_ident() != thread:
                raise RuntimeError("non-thread-safe use of the event loop")
            return schedule(*args, **kwargs)

        return run

    for name in ("call_soon", "call_at"):
        setattr(loop, name, watched(getattr(loop, name)))


@pytest.fixture(autouse=True)
def _our_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration from this repository."""


@pytest.fixture
async def bus(socket_enabled: None) -> AsyncIterator[ModbusServer]:
    """Run a Modbus TCP gateway on loopback with the devices of ``flow_registers``."""
    server = ModbusServer(registers())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def no_setup() -> Iterator[None]:
    """Let flows store a site without starting it: what is stored is looked at."""
    with (
        patch(f"{INTEGRATION}.async_setup", return_value=True),
        patch(f"{INTEGRATION}.async_setup_entry", return_value=True),
        patch(f"{INTEGRATION}.async_unload_entry", return_value=True),
    ):
        yield


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give every test a configuration folder of its own: archives lie there."""
    return str(tmp_path)


class _Errors(logging.Handler):
    """Keeps what is logged with an exception."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and not isinstance(record.exc_info[1], HomeAssistantError):
            self.texts.append("".join(traceback.format_exception(*record.exc_info)))


@pytest.fixture(autouse=True)
def _tripwire() -> Iterator[None]:
    """Fail a test in which Home Assistant has swallowed an error of ours.

    The fixture ``caplog`` would have every event of Home Assistant described.
    """
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    yield
    logging.getLogger().removeHandler(errors)
    assert [text for text in errors.texts if "legrand_ews" in text] == []


@pytest.fixture
def clock() -> Iterator[TickingDateTimeFactory]:
    """Make it 10:03 UTC on a winter's day; time runs on and can be moved."""
    with freeze_time(
        "2026-11-23 10:03:00",
        tick=True,
        ignore=["_pytest.runner", "_pytest.terminal"],
    ) as moved:
        yield moved


type PassTime = Callable[[float], Awaitable[None]]
type StartServer = Callable[[Mapping[int, Mapping[int, int]]], Awaitable[ModbusServer]]
type Load = Callable[[MockConfigEntry], Awaitable[None]]


@pytest.fixture
def pass_time(hass: HomeAssistant, clock: TickingDateTimeFactory) -> PassTime:
    """Return what lets seconds pass, one after the other, each with its work."""

    async def run(seconds: float) -> None:
        for _ in range(round(seconds)):
            # A tick would take back what has passed by itself since the last one.
            clock.move_to(datetime.now(UTC) + timedelta(seconds=1))
            # The loop looks at its timers once a turn, and starts tasks in the next.
            for _ in range(3):
                await asyncio.sleep(0)
            await hass.async_block_till_done(wait_background_tasks=True)

    return run


@pytest.fixture
async def start_server(socket_enabled: None) -> AsyncIterator[StartServer]:
    """Return what starts gateways on loopback; they end with the test."""
    servers: list[ModbusServer] = []

    async def start(units: Mapping[int, Mapping[int, int]]) -> ModbusServer:
        server = ModbusServer(units)
        await server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.stop()


@pytest.fixture
async def load(hass: HomeAssistant) -> AsyncIterator[Load]:
    """Return what loads a site and waits for its first cycle; it is unloaded after."""
    loaded: list[MockConfigEntry] = []

    async def run(entry: MockConfigEntry) -> None:
        entry.add_to_hass(hass)
        loaded.append(entry)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    yield run
    for entry in loaded:
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
