"""How the database is opened: an SQLite file, or any URL that SQLAlchemy knows."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
import sqlite3
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import ArchiveError

_BUSY_TIMEOUT_S: Final = 15
_PRAGMAS: Final = (
    # Readers never wait for the writer, and a killed process leaves a log that the
    # next one applies or drops as a whole.
    "PRAGMA journal_mode = WAL",
    # One transaction an interval: waiting for the disk costs nothing, and even a
    # power cut cannot undo an interval that was reported as written.
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
    # Pages that every interval changes reach the file once in many intervals.
    "PRAGMA wal_autocheckpoint = 8000",
    "PRAGMA journal_size_limit = 33554432",
)
_CHECKED_ALWAYS_BYTES: Final = 256 * 2**20
"""Looking through that much takes about a second."""
_CONNECT_S: Final = 5
_DRIVERS: Final[Mapping[str, str]] = MappingProxyType(
    {"postgresql": "psycopg", "mariadb": "pymysql", "mysql": "pymysql"}
)
"""Drivers that are tried and tested; an address may name another."""
_REQUIREMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {"psycopg": "psycopg[binary]>=3.2.10,<4", "pymysql": "PyMySQL>=1.1.1,<2"}
)
_SIZES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "postgresql": "SELECT pg_database_size(current_database())",
        **dict.fromkeys(
            ("mariadb", "mysql"),
            "SELECT sum(data_length + index_length) FROM information_schema.tables"
            " WHERE table_schema = database()",
        ),
    }
)
_CORRUPTION: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PRIMARY_CODE: Final = 0xFF
_ACCESS_DENIED: Final = 1045
"""What MariaDB says."""
_REFUSALS: Final = ("authentication failed", "no password supplied")
"""What PostgreSQL says, without a code."""


def driver_requirement(url_or_path: str | Path) -> str | None:
    """The package that an address needs, as pip names it; None for SQLite.

    Raises ArchiveError ``archive_url_invalid``.
    """
    return _REQUIREMENTS.get(_url(url_or_path).get_driver_name())


class Database:
    """Connections to one database; errors leave it as `ArchiveError`."""

    def __init__(self, url_or_path: str | Path) -> None:
        """Take a path of an SQLite file, or a URL.

        Raises ArchiveError ``archive_url_invalid``.
        """
        self._url = _url(url_or_path)
        self._engine: Engine | None = None
        self._is_doubtful = True

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one SQLite file."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for a database server."""
        return _file(self._url.database or "") if self.is_sqlite else None

    def open(self) -> None:
        """Create the engine; the first transaction connects."""
        try:
            # A log that is still there tells that the last process was killed.
            self._is_doubtful = self.is_sqlite and (
                self._log.exists() or self.size_bytes() < _CHECKED_ALWAYS_BYTES
            )
            self._engine = self._create()
        except NoSuchModuleError as err:
            raise ArchiveError("archive_url_invalid") from err
        except ImportError as err:
            package = driver_requirement(self._url.render_as_string()) or err.name
            raise ArchiveError("archive_driver_missing", package=package) from err
        except OSError as err:
            raise ArchiveError("archive_unreachable", reason=err.strerror) from err

    def close(self) -> None:
        """Close every connection."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def transaction(
        self, error_key: str, lock: AbstractContextManager[object] | None = None
    ) -> Iterator[Connection]:
        """One transaction; what fails in it is raised with ``error_key``.

        A damaged SQLite file is always ``archive_corrupt``, a wrong name or password
        ``archive_login_refused``.
        """
        if self._engine is None:
            raise ArchiveError(error_key, reason="closed")
        try:
            with lock or nullcontext(), self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, sqlite3.Error) as err:
            key = "archive_corrupt" if _is_corruption(err) else error_key
            if _is_refusal(err):
                key = "archive_login_refused"
            raise ArchiveError(key, reason=self._reason(err)) from None

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection outside of transactions, for what tidies up.

        Raises ArchiveError ``archive_write_failed``.
        """
        if self._engine is None:
            raise ArchiveError("archive_write_failed", reason="closed")
        try:
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection):
                    driver.autocommit = True
                else:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                try:
                    yield connection
                finally:
                    if isinstance(driver, sqlite3.Connection):
                        driver.autocommit = False
        except (SQLAlchemyError, sqlite3.Error) as err:
            raise ArchiveError(
                "archive_write_failed", reason=self._reason(err)
            ) from None

    def check(self, connection: Connection) -> None:
        """Look through an SQLite file for damage; raises ``archive_corrupt``.

        A large file is looked through only when it was not closed.
        """
        if not self.is_sqlite or not self._is_doubtful:
            return
        verdict = connection.scalar(text("PRAGMA quick_check(1)"))
        if verdict != "ok":
            raise ArchiveError("archive_corrupt", reason=verdict)

    def checkpoint(self) -> None:
        """Move the log of an SQLite file into the file itself."""
        if self._engine is None or not self.is_sqlite:
            return
        connection = self._engine.raw_connection()
        try:
            driver = connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.autocommit = True
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                driver.autocommit = False
        except sqlite3.Error as err:
            raise ArchiveError(
                "archive_write_failed", reason=self._reason(err)
            ) from err
        finally:
            connection.close()

    @property
    def is_open(self) -> bool:
        """Whether there is an engine."""
        return self._engine is not None

    def size_bytes(self) -> int:
        """Size of an SQLite file with its log, or of a server's database.

        A server that cannot tell raises ArchiveError ``archive_read_failed``.
        """
        if self.is_sqlite:
            parts = (_file(self._url.database or ""), self._log)
            return sum(part.stat().st_size for part in parts if part.is_file())
        question = _SIZES.get(self._url.get_backend_name())
        if question is None:
            return 0
        with self.transaction("archive_read_failed") as connection:
            return int(connection.scalar(text(question)) or 0)

    def _reason(self, err: Exception) -> str:
        """The database's own words, whatever they say without the password."""
        words = str(err.orig if isinstance(err, DBAPIError) else err)
        password = self._url.password
        return words.replace(password, "***") if password else words

    @property
    def _log(self) -> Path:
        path = _file(self._url.database or "")
        return path.with_name(f"{path.name}-wal")

    def _create(self) -> Engine:
        if not self.is_sqlite:
            engine = create_engine(
                self._url,
                pool_pre_ping=True,
                pool_recycle=3600,
                connect_args={"connect_timeout": _CONNECT_S},
                hide_parameters=True,
            )
            if engine.dialect.name == "postgresql":
                event.listen(engine, "connect", _lift_limits)
            return engine
        if self._url.database:
            _file(self._url.database).parent.mkdir(parents=True, exist_ok=True)
        # Without `autocommit=False` the driver would leave table changes and plain
        # reads outside of transactions.
        arguments = {"autocommit": False, "timeout": _BUSY_TIMEOUT_S}
        engine = create_engine(
            self._url, connect_args=arguments, pool_reset_on_return=None
        )
        event.listen(engine, "connect", _configure)
        event.listen(engine, "reset", _reset)
        return engine


def _url(url_or_path: str | Path) -> URL:
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return URL.create("sqlite", database=str(url_or_path))
    try:
        url = make_url(url_or_path)
    except ArgumentError:
        # Its words would repeat the address with the password.
        raise ArchiveError("archive_url_invalid") from None
    if url.drivername == (backend := url.get_backend_name()) and backend in _DRIVERS:
        url = url.set(drivername=f"{backend}+{_DRIVERS[backend]}")
    return url


def _file(database: str) -> Path:
    """The file that is meant by a path, or by an address as SQLite knows them."""
    if database.startswith("file:"):
        return Path(unquote(urlsplit(database).path))
    return Path(database)


def _configure(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.autocommit = True
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.autocommit = False


def _reset(connection: sqlite3.Connection, *_: object) -> None:
    """End what is open before the connection is used again.

    On a full disk SQLite has ended it by itself, and rolling back would be a fault of
    its own, told in the log at every attempt.
    """
    if connection.in_transaction:
        connection.rollback()
    else:
        connection.autocommit = True
        connection.autocommit = False


def _lift_limits(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # By itself TimescaleDB refuses to import much into what it has compressed. Servers
    # without it keep the setting for nobody.
    cursor = connection.cursor()
    cursor.execute("SET timescaledb.max_tuples_decompressed_per_dml_transaction = 0")
    cursor.close()
    connection.commit()


def _is_refusal(err: Exception) -> bool:
    """Whether a server does not know the user or the password."""
    cause = err.orig if isinstance(err, DBAPIError) else None
    if cause is None:
        return False
    words = str(cause)
    return (cause.args[:1] == (_ACCESS_DENIED,)) or any(
        refusal in words for refusal in _REFUSALS
    )


def _is_corruption(err: Exception) -> bool:
    cause = err.orig if isinstance(err, DBAPIError) else err
    if not isinstance(cause, sqlite3.Error):
        return False
    code = getattr(cause, "sqlite_errorcode", 0)
    return code & _PRIMARY_CODE in _CORRUPTION
