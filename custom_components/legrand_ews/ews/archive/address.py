"""Addresses of database servers, with the password kept apart from them."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import ArchiveError
from .engine import driver_requirement


def split_password(address: str) -> tuple[str, str | None]:
    """An address without its password, and the password.

    Raises ArchiveError ``archive_url_invalid`` where it is none of a server that is
    supported: a PostgreSQL or MariaDB with its tested driver, and a database.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        # Its words would repeat the address with the password.
        raise ArchiveError("archive_url_invalid") from None
    if driver_requirement(address) is None or not url.database or not url.host:
        raise ArchiveError("archive_url_invalid")
    bare = URL.create(
        url.drivername,
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    )
    return bare.render_as_string(hide_password=False), url.password


def with_password(address: str, password: str) -> str:
    """The whole address; raises ArchiveError ``archive_url_invalid``."""
    bare, _ = split_password(address)
    if not password:
        return bare
    return make_url(bare).set(password=password).render_as_string(hide_password=False)
