"""Private PostgreSQL and MariaDB servers, started by the tests that need them.

Each has its own folder and a free port on loopback, and is gone afterwards. The
programs are Debian's; `scripts/setup --servers` installs them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from typing import Final, override

_HOST: Final = "127.0.0.1"
_USER: Final = "ews"
_PASSWORD: Final = "a secret: 100 %/@"
_PASSWORD_IN_URL: Final = "a%20secret%3A%20100%20%25%2F%40"
_PATIENCE_S: Final = 60.0
_OTHER_FOLDERS: Final = (
    "/usr/sbin",
    *sorted(map(str, Path("/usr/lib").glob("postgresql/*/bin")), reverse=True),
)


class DatabaseServer(ABC):
    """A server process that can be stopped, killed and started again."""

    driver: str

    def __init__(self, folder: Path) -> None:
        """Prepare a database named ``ews`` in an empty folder, and start."""
        self._folder = folder
        self._port = _free_port()
        self._account = _plain_account()
        if self._account is not None:
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        self._process: subprocess.Popen[bytes] | None = None
        self._create()
        self.start()
        self._prepare()

    @property
    def url(self) -> str:
        """The database as SQLAlchemy names it, password included."""
        return (
            f"{self.driver}://{_USER}:{_PASSWORD_IN_URL}@{_HOST}:{self._port}/{_USER}"
        )

    @property
    def password(self) -> str:
        """What no log and no error may show."""
        return _PASSWORD

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._process = self._spawn(*self._command())
        end = time.monotonic() + _PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no server: {self._log()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server in order, within seconds."""
        self._end(self._soft_signal)

    def kill(self) -> None:
        """End the server as a power cut does."""
        self._end(signal.SIGKILL)

    @abstractmethod
    def _create(self) -> None:
        """Make an empty cluster of databases in the folder."""

    @abstractmethod
    def _prepare(self) -> None:
        """Make the user and the database."""

    @abstractmethod
    def _command(self) -> tuple[str, ...]:
        """Return the command that runs the server in the foreground."""

    @abstractmethod
    def _answers(self) -> bool:
        """Say whether the server takes commands."""

    _soft_signal: signal.Signals = signal.SIGTERM

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(_PATIENCE_S)
        self._process = None

    def _spawn(self, *command: str) -> subprocess.Popen[bytes]:
        with (self._folder / "server.log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._folder, user=self._user()
            )

    def _run(self, *command: str, text: str | None = None) -> bool:
        return (
            subprocess.run(
                command,
                input=None if text is None else text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                user=self._user(),
                check=False,
            ).returncode
            == 0
        )

    def _must(self, *command: str, text: str | None = None) -> None:
        if not self._run(*command, text=text):
            raise RuntimeError(f"{command[0]} failed: {self._log()}")

    def _user(self) -> int | None:
        return None if self._account is None else self._account.pw_uid

    def _log(self) -> str:
        return (self._folder / "server.log").read_text(errors="replace")[-2000:]


class PostgreSql(DatabaseServer):
    """PostgreSQL, through psycopg."""

    driver = "postgresql+psycopg"
    libraries = ""
    """What the server loads when it starts."""
    # Without waiting for clients to go.
    _soft_signal = signal.SIGINT

    @override
    def _create(self) -> None:
        self._must(
            _program("initdb"),
            *("-D", str(self._data), "-U", "postgres", "-A", "scram-sha-256"),
            *("--pwfile", str(self._written("password", _PASSWORD))),
            *("-E", "UTF8", "--locale=C", "--no-sync"),
        )

    @override
    def _command(self) -> tuple[str, ...]:
        return (
            _program("postgres"),
            *("-D", str(self._data), "-h", _HOST, "-p", str(self._port)),
            # What is lost with the power is no loss to tests.
            *("-k", str(self._folder), "-c", "shared_buffers=32MB", "-c", "fsync=off"),
            *("-c", f"shared_preload_libraries={self.libraries}"),
        )

    @override
    def _prepare(self) -> None:
        self._must(
            *self._client("postgres"),
            text=(
                f"CREATE ROLE {_USER} LOGIN PASSWORD '{_PASSWORD}';\n"
                f"CREATE DATABASE {_USER} OWNER {_USER};\n"
            ),
        )

    @override
    def _answers(self) -> bool:
        return self._run(*self._client("postgres"), text="SELECT 1;")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _client(self, user: str) -> tuple[str, ...]:
        passes = f"*:*:*:*:{_PASSWORD.replace(':', '\\:')}\n"
        passfile = self._written("passes", passes)
        return (
            *("env", f"PGPASSFILE={passfile}", _program("psql")),
            *("-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-h", _HOST),
            *("-p", str(self._port), "-U", user, "postgres"),
        )

    def _written(self, name: str, content: str) -> Path:
        path = self._folder / name
        if not path.exists():
            path.write_text(content)
            path.chmod(0o600)
            if self._account is not None:
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        return path


class TimescaleDb(PostgreSql):
    """PostgreSQL with the extension TimescaleDB, where the machine has that."""

    libraries = "timescaledb"

    @staticmethod
    def is_there() -> bool:
        """Whether the extension is installed; Debian does not have it."""
        try:
            settings = Path(_program("postgres")).resolve().with_name("pg_config")
        except RuntimeError:
            return False
        if not settings.exists():
            return False
        told = subprocess.run(
            (settings, "--sharedir"), stdout=subprocess.PIPE, text=True, check=True
        )
        return Path(told.stdout.strip(), "extension/timescaledb.control").exists()


class MariaDb(DatabaseServer):
    """MariaDB, through PyMySQL."""

    driver = "mariadb+pymysql"

    @override
    def _create(self) -> None:
        self._must(
            _program("mariadb-install-db"),
            *("--no-defaults", f"--datadir={self._folder / 'data'}"),
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
        )

    @override
    def _command(self) -> tuple[str, ...]:
        return (
            _program("mariadbd"),
            *("--no-defaults", f"--datadir={self._folder / 'data'}"),
            *(f"--bind-address={_HOST}", f"--port={self._port}"),
            *(f"--socket={self._socket}", f"--pid-file={self._folder / 'pid'}"),
            # What is lost with the power is no loss to tests.
            *("--innodb-flush-method=nosync", "--sync-binlog=0"),
            *("--innodb-buffer-pool-size=32M", "--innodb-doublewrite=0"),
        )

    @override
    def _prepare(self) -> None:
        self._must(
            *self._client,
            text=(
                f"CREATE DATABASE {_USER};"
                f"CREATE USER {_USER}@'{_HOST}' IDENTIFIED BY '{_PASSWORD}';"
                f"GRANT ALL ON {_USER}.* TO {_USER}@'{_HOST}';"
            ),
        )

    @override
    def _answers(self) -> bool:
        return self._run(*self._client, text="SELECT 1;")

    @property
    def _socket(self) -> Path:
        return self._folder / "socket"

    @property
    def _client(self) -> tuple[str, ...]:
        return (
            *(_program("mariadb"), "--no-defaults", "-u", "root"),
            f"--socket={self._socket}",
        )


@contextmanager
def running[S: DatabaseServer](kind: type[S]) -> Iterator[S]:
    """Run a server for as long as the context is open."""
    # A socket's path may not be long, so this is no folder of pytest's.
    folder = Path(tempfile.mkdtemp(prefix="ews-"))
    try:
        server = kind(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _program(name: str) -> str:
    folders = os.pathsep.join((os.environ.get("PATH", ""), *_OTHER_FOLDERS))
    found = shutil.which(name, path=folders)
    if found is None:
        raise RuntimeError(f"{name} is missing: run scripts/setup --servers")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _plain_account() -> pwd.struct_passwd | None:
    """Return whom a server runs as: database servers refuse to run as root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else None
