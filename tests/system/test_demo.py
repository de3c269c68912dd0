"""``scripts/demo`` as a newcomer starts it, ends it and starts it again."""

import asyncio
from collections.abc import AsyncIterator, Mapping
import contextlib
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import signal
import socket
from typing import Final

from aiohttp import ClientSession
from yarl import URL

from demo.client import Client
from demo.home_assistant import free_port
from tests.books import connect
from tests.running_site import ROOT

GATEWAYS: Final = 5
TIMEOUT_S: Final = 240
PAST: Final = timedelta(days=27)
"""What a month of past holds at least."""


def free_run(count: int) -> int:
    """Return the first of so many free ports in a row."""
    while True:
        first = free_port()
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                probe = stack.enter_context(socket.socket())
                probe.bind(("127.0.0.1", port))
            return first


def arguments(folder: Path) -> list[str]:
    return [
        str(ROOT / "scripts" / "demo"),
        "--headless",
        "--port",
        "0",
        "--months",
        "1",
        "--config",
        str(folder),
    ]


@contextlib.asynccontextmanager
async def demo(folder: Path, *more: str) -> AsyncIterator[tuple[str, list[str]]]:
    """Run the demo; yields its address and lines, ends it as Ctrl-C does."""
    process = await asyncio.create_subprocess_exec(
        *arguments(folder),
        *more,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        async with asyncio.timeout(TIMEOUT_S):
            async for raw in process.stdout:
                lines.append(raw.decode().rstrip())
                print(lines[-1])
                if lines[-1].startswith("ready: "):
                    break
        assert lines[-1].startswith("ready: "), lines
        yield lines[-1].removeprefix("ready: "), lines
        os.killpg(process.pid, signal.SIGINT)
        async with asyncio.timeout(60):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGTERM)
            await process.wait()


def processes_with(word: str) -> list[str]:
    """Command lines of running processes that hold a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if word in line:
                found.append(line)
    return found


async def assert_serves(url: str) -> None:
    """The dashboard's page and the front end behind it answer."""
    async with ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        assert "legrand-ews.js" in await answer.text()


async def assert_stays_signed_in(url: str) -> None:
    """A token is good for half an hour; the demo's car park goes on for longer."""
    now = 0.0
    client = Client(str(URL(url).origin()), lambda: now)
    try:
        await client.sign_in()
        client.tokens["access_token"] = "a token that has ended"
        now = 1790
        assert (await client.get("/api/config"))["state"] == "RUNNING"
        assert await client.command("legrand_ews/sites")
    finally:
        await client.disconnect()


def oldest_sample(folder: Path) -> datetime:
    (path,) = (folder / "legrand_ews").glob("*/archive.db")
    with contextlib.closing(connect(path)) as database:
        (start,) = database.execute("SELECT MIN(start) FROM energy").fetchone()
    return datetime.fromtimestamp(start, UTC)


def configuration(folder: Path) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_first_run_second_run_and_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    base_port = str(free_run(GATEWAYS))

    async with demo(folder, "--base-port", base_port) as (url, lines):
        await assert_serves(url)
        assert any("30 devices entered and tested" in line for line in lines)
        await assert_stays_signed_in(url)
    assert not processes_with(str(folder))
    assert not processes_with(f"--base-port {base_port}")
    assert oldest_sample(folder) < datetime.now(UTC) - PAST

    async with demo(folder) as (url, lines):
        await assert_serves(url)
        assert not any("entered" in line for line in lines)
    assert not processes_with(str(folder))
    assert oldest_sample(folder) < datetime.now(UTC) - PAST


async def test_the_configuration_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "configuration.yaml").write_text("default_config:\n", encoding="utf-8")
    (tmp_path / ".storage").mkdir()
    (tmp_path / ".storage" / "auth").write_text("{}", encoding="utf-8")
    before = configuration(tmp_path)

    for more in ((), ("--reset",)):
        process = await asyncio.create_subprocess_exec(
            *arguments(tmp_path), *more, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(TIMEOUT_S):
            _, complaint = await process.communicate()

        assert process.returncode == 1
        assert str(tmp_path) in complaint.decode()
        assert configuration(tmp_path) == before
