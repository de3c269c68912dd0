"""The file space over FTP (S196): read-only, one user, off unless it is wanted.

The only adapter of ``aioftp``. Without a certificate, FTP sends the password in the
clear: that is for networks that are trusted. With one, connections are encrypted from
their first byte (implicit FTPS).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
import hmac
import io
import os
from pathlib import Path, PurePosixPath
import ssl
import stat
import sys
from typing import TYPE_CHECKING, Final, Never, override

import aioftp

from ..errors import ConfigurationError, DeliveryError, EwsError
from ..files import Entry, FileTree

USER: Final = "wsmeasure"
"""The name by which the manual's clients sign in."""
DEFAULT_PORT: Final = 2121
DEFAULT_DATA_PORTS: Final = (30000, 30009)
_FAILURE_DELAY_S: Final = 1.0
"""How long a wrong password is answered late."""
_MOST_CONNECTIONS: Final = 20
_IDLE_S: Final = 300
_SOCKET_S: Final = 60
_ROOT: Final = PurePosixPath("/")

type Rest = str | PurePosixPath
type OpenTree = Callable[[], FileTree]
"""Opens the file space as it is now; called in a worker thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FtpSettings:
    """Where the server listens, and who may come in.

    ``host`` is the address of an interface, empty for all of them. ``data_ports`` are
    the first and last port of passive connections. ``certificate`` and ``key`` are files
    in PEM form; without a certificate nothing is encrypted, without a key the file of
    the certificate holds it.
    """

    host: str
    port: int
    data_ports: tuple[int, int]
    password: str
    certificate: str = ""
    key: str = ""

    def tls(self) -> ssl.SSLContext | None:
        """How connections are encrypted, if they are (blocking).

        Raises ConfigurationError ``ftp_certificate_invalid`` at ``certificate``.
        """
        if not self.certificate:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self.certificate, self.key or None, password="")
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                "ftp_certificate_invalid", field="certificate", reason=error
            ) from error
        return context


class FtpServer:
    """Serves one site's files in the running event loop."""

    def __init__(self, settings: FtpSettings, open_tree: OpenTree) -> None:
        """Take the settings; nothing is opened yet."""
        self._settings = settings
        self._open_tree = open_tree
        self._server: _Server | None = None

    @property
    def port(self) -> int:
        """The port on which it listens; 0 while it does not."""
        return 0 if self._server is None else int(self._server.address[1])

    async def start(self) -> None:
        """Listen; raises DeliveryError ``ftp_port_unavailable``.

        ConfigurationError ``ftp_certificate_invalid`` where it cannot be encrypted.
        """
        settings = self._settings
        tls = await asyncio.to_thread(settings.tls)
        server = _Server(settings, self._open_tree, tls)
        try:
            await server.start(settings.host or None, settings.port)
        except OSError as error:
            raise DeliveryError(
                "ftp_port_unavailable", port=settings.port, reason=error.strerror
            ) from error
        self._server = server

    async def stop(self) -> None:
        """Hang up on everybody and stop listening."""
        if self._server is not None:
            await self._server.close()
            self._server = None


class _OneUser(aioftp.AbstractUserManager):
    """One name and one password; who guesses has to wait."""

    def __init__(self, password: str) -> None:
        super().__init__()
        self._password = password.encode()
        self._stranger = aioftp.User()
        self._user = aioftp.User(
            USER,
            None,
            base_path=Path(_ROOT),
            permissions=[aioftp.Permission(_ROOT, readable=True, writable=False)],
        )

    @override
    async def get_user(
        self, login: str
    ) -> tuple[aioftp.AbstractUserManager.GetUserResponse, aioftp.User, str]:
        # Nobody learns which names exist.
        answer = aioftp.AbstractUserManager.GetUserResponse.PASSWORD_REQUIRED
        user = self._user if login == USER else self._stranger
        return answer, user, "password required"

    @override
    async def authenticate(self, user: aioftp.User, password: str) -> bool:
        is_right = hmac.compare_digest(password.encode(), self._password)
        if is_right and user is self._user:
            return True
        await asyncio.sleep(_FAILURE_DELAY_S)
        return False


class _Server(aioftp.Server):
    """Adds the plain list of names, by which many clients fetch several files."""

    def __init__(
        self,
        settings: FtpSettings,
        open_tree: OpenTree,
        tls: ssl.SSLContext | None,
    ) -> None:
        first, last = settings.data_ports
        super().__init__(
            _OneUser(settings.password),
            path_io_factory=type(
                "TreeIO", (_TreeIO,), {"open_tree": staticmethod(open_tree)}
            ),
            data_ports=range(first, last + 1),
            maximum_connections=_MOST_CONNECTIONS,
            idle_timeout=_IDLE_S,
            socket_timeout=_SOCKET_S,
            ssl=tls,
        )
        self.commands_mapping["nlst"] = partial(_send_names, self)


@aioftp.ConnectionConditions(
    aioftp.ConnectionConditions.login_required,
    aioftp.ConnectionConditions.passive_server_started,
)
@aioftp.PathConditions(aioftp.PathConditions.path_must_exists)
async def _send_names(
    server: aioftp.Server, connection: aioftp.Connection, rest: Rest
) -> bool:
    """Answer NLST: the names in a folder, and nothing else."""
    folder, _ = server.get_paths(connection, rest)

    @aioftp.ConnectionConditions(
        aioftp.ConnectionConditions.data_connection_made,
        wait=True,
        fail_code="425",
        fail_info="Can't open data connection",
    )
    @aioftp.worker
    async def send(_: aioftp.Server, connection: aioftp.Connection, __: Rest) -> bool:
        stream = connection.data_connection
        del connection.data_connection
        async with stream:
            async for path in connection.path_io.list(folder):
                await stream.write(f"{path.name}\r\n".encode())
        connection.response("226", "list transfer done")
        return True

    task = asyncio.ensure_future(send(server, connection, rest))
    connection.extra_workers.add(task)
    connection.response("150", "list transfer started")
    return True


if TYPE_CHECKING:
    _PathIO = aioftp.AbstractPathIO[Path]
else:
    # The version that Home Assistant pins for another integration knows no parameter.
    _PathIO = aioftp.AbstractPathIO


class _TreeIO(_PathIO):
    """Lets the server read the tree; whatever would write is refused before."""

    @staticmethod
    def open_tree() -> FileTree:
        """Open the file space as it is now."""
        raise NotImplementedError

    def __init__(
        self,
        timeout: float | None = None,
        connection: aioftp.Connection | None = None,
        state: None = None,
    ) -> None:
        super().__init__(timeout=timeout, connection=connection, state=state)
        self._listed: dict[Path, Entry] = {}

    @override
    async def exists(self, path: Path) -> bool:
        return await self._find(path) is not None

    @override
    async def is_dir(self, path: Path) -> bool:
        entry = await self._find(path)
        return entry is not None and entry.is_folder

    @override
    async def is_file(self, path: Path) -> bool:
        entry = await self._find(path)
        return entry is not None and not entry.is_folder

    @override
    def list(self, path: Path) -> AsyncIterator[Path]:
        return self._list(path)

    async def _list(self, path: Path) -> AsyncIterator[Path]:
        entries = await _working(lambda: self.open_tree().entries(path.as_posix()))
        # The server asks for each of them at once: what was listed is remembered.
        self._listed = {path / entry.name: entry for entry in entries}
        for child in self._listed:
            yield child

    @override
    async def stat(self, path: Path) -> os.stat_result:
        entry = await self._find(path)
        if entry is None:
            raise FileNotFoundError(path)
        kind = stat.S_IFDIR | 0o555 if entry.is_folder else stat.S_IFREG | 0o444
        changed = int(entry.changed_at.timestamp())
        size = entry.about_bytes
        return os.stat_result((kind, 0, 0, 1, 0, 0, size, changed, changed, changed))

    @override
    async def _open(self, path: Path, mode: str) -> _Reader:
        if mode != "rb":
            raise PermissionError(path)
        return await _working(lambda: _Reader(self.open_tree().open(path.as_posix())))

    @override
    async def seek(
        self, file: io.BytesIO, offset: int, whence: int = io.SEEK_SET
    ) -> int:
        return await _working(lambda: file.seek(offset, whence))

    @override
    async def read(self, file: io.BytesIO, n: int = -1) -> bytes:
        return await _working(lambda: file.read(n))

    @override
    async def close(self, file: io.BytesIO) -> None:
        file.close()

    @override
    async def mkdir(self, path: Path, **_: object) -> Never:
        raise PermissionError(path)

    @override
    async def rmdir(self, path: Path) -> Never:
        raise PermissionError(path)

    @override
    async def unlink(self, path: Path) -> Never:
        raise PermissionError(path)

    @override
    async def write(self, file: io.BytesIO, s: bytes) -> Never:
        raise PermissionError

    @override
    async def rename(self, source: Path, destination: Path) -> Never:
        raise PermissionError(source)

    async def _find(self, path: Path) -> Entry | None:
        if (entry := self._listed.get(path)) is not None:
            return entry

        def work() -> Entry | None:
            try:
                return self.open_tree().find(path.as_posix())
            except ConfigurationError:
                return None

        return await _working(work)


async def _working[T](work: Callable[[], T]) -> T:
    """Work in a thread; what fails there is told to the client as FTP tells it."""
    try:
        return await asyncio.to_thread(work)
    except EwsError as error:
        raise aioftp.PathIOError(reason=sys.exc_info()) from error


class _Reader(io.BytesIO):
    """A file that is written while it is read; only ever forwards."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = b""

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        end = len(self._rest) if size is None or size < 0 else size
        block, self._rest = self._rest[:end], self._rest[end:]
        return block

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Skip what a client has already; only from the start."""
        left = offset
        while left and (block := self.read(left)):
            left -= len(block)
        return offset - left
