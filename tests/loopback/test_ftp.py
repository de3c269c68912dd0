"""The file space over FTP, read by a client of the standard library (S196)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
import ftplib
import io
from pathlib import Path
import socket
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.delivery.ftp import FtpServer, FtpSettings
from custom_components.legrand_ews.ews.errors import ConfigurationError, DeliveryError

from ..core.files.space import content, every, open_archive, rows_of, tree

HOST = "127.0.0.1"
PASSWORD = "Grün und 8 lang"
ENERGY = "devices/1/1_energy_2026-02.csv"


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path)
    archive.write(every("2026-02-01T00:00", "2026-02-11T00:00"))
    archive.write(every("2026-02-01T00:00", "2026-02-02T00:00", device=2))
    return archive


@pytest.fixture
async def server(archive: Archive) -> AsyncIterator[FtpServer]:
    (data_port,) = free_ports(1)
    settings = FtpSettings(
        host=HOST, port=0, data_ports=(data_port, data_port), password=PASSWORD
    )
    server = FtpServer(settings, lambda: tree(archive))
    await server.start()
    yield server
    await server.stop()
    archive.close()


async def session[T](
    server: FtpServer,
    work: Callable[[ftplib.FTP], T],
    *,
    user: str = "wsmeasure",
    password: str = PASSWORD,
) -> T:
    """Sign in and work in a thread, as a client elsewhere does."""

    def run() -> T:
        with ftplib.FTP(encoding="utf-8", timeout=20) as client:
            client.connect(HOST, server.port)
            client.login(user, password)
            return work(client)

    return await asyncio.to_thread(run)


def fetched(client: ftplib.FTP, path: str, rest: int | None = None) -> bytes:
    text = io.BytesIO()
    client.retrbinary(f"RETR {path}", text.write, rest=rest)
    return text.getvalue()


async def test_a_client_finds_its_way_and_fetches_what_the_tree_holds(
    server: FtpServer, archive: Archive
) -> None:
    def walk(client: ftplib.FTP) -> tuple[list[str], list[str], bytes]:
        folders = client.nlst()
        client.cwd("/devices/1")
        return folders, client.nlst(), fetched(client, "1_energy_2026-02.csv")

    folders, files, text = await session(server, walk)
    assert folders == [
        *("devices", "energy", "eqcheck", "gas", "overallTotal", "settings", "water")
    ]
    assert files == ["1_energy_2026-02.csv"]
    assert text == content(tree(archive), ENERGY)
    assert len(rows_of(text)) == 1 + 10 * 144


async def test_listings_show_kind_and_change(server: FtpServer) -> None:
    def listed(client: ftplib.FTP) -> tuple[list[str], dict[str, dict[str, str]]]:
        lines: list[str] = []
        client.retrlines("LIST /energy", lines.append)
        return lines, dict(client.mlsd("/energy"))

    lines, facts = await session(server, listed)
    assert [line.split()[-1] for line in lines] == list(facts)
    assert all(line.startswith("-r--r--r--") for line in lines)
    entry = facts["devices_2026-02_0.csv"]
    assert (entry["type"], entry["modify"]) == ("file", "20260211000000")
    assert int(entry["size"]) > 0


async def test_a_broken_transfer_goes_on_where_it_ended(
    server: FtpServer, archive: Archive
) -> None:
    whole = content(tree(archive), ENERGY)
    for offset in (1, 40_000, len(whole) - 1, len(whole)):
        part = await session(
            server, lambda client, at=offset: fetched(client, ENERGY, rest=at)
        )
        assert part == whole[offset:]


@pytest.mark.parametrize(
    "command",
    [
        "MKD /new",
        "RMD /devices",
        f"DELE {ENERGY}",
        f"RNFR {ENERGY}",
        "STOR /devices/x.csv",
        f"APPE {ENERGY}",
    ],
)
async def test_nothing_can_be_changed(server: FtpServer, command: str) -> None:
    def attempt(client: ftplib.FTP) -> str:
        client.makepasv()
        with pytest.raises(ftplib.error_perm) as caught:
            client.sendcmd(command)
        return str(caught.value)

    assert (await session(server, attempt)).startswith("550")


@pytest.mark.parametrize(
    "path",
    ["devices/99/99_energy_2026-02.csv", "../../etc/passwd", "devices", "energy/x.csv"],
)
async def test_what_is_not_in_the_tree_is_not_there(
    server: FtpServer, path: str
) -> None:
    def attempt(client: ftplib.FTP) -> str:
        with pytest.raises(ftplib.error_perm) as caught:
            fetched(client, path)
        return str(caught.value)

    assert (await session(server, attempt)).startswith("550")


@pytest.mark.parametrize(
    ("user", "password"),
    [("wsmeasure", "wsmeasure"), ("wsmeasure", ""), ("anonymous", PASSWORD)],
)
async def test_nobody_else_comes_in(
    server: FtpServer, user: str, password: str
) -> None:
    with pytest.raises(ftplib.error_perm, match="530"):
        await session(
            server, lambda client: client.nlst(), user=user, password=password
        )


async def test_clients_wait_for_a_data_port_that_is_in_use(server: FtpServer) -> None:
    """One port for data serves one transfer after the other."""
    for _ in range(3):
        assert await session(server, lambda client: client.nlst("/gas")) == []


async def test_a_port_that_is_taken_is_said(archive: Archive) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        settings = FtpSettings(
            host=HOST, port=port, data_ports=(30000, 30001), password=PASSWORD
        )
        with pytest.raises(DeliveryError) as caught:
            await FtpServer(settings, lambda: tree(archive)).start()
    assert caught.value.key == "ftp_port_unavailable"
    assert caught.value.placeholders["port"] == str(port)
    archive.close()


async def test_an_archive_that_cannot_be_read_is_an_error_of_one_transfer(
    server: FtpServer, archive: Archive
) -> None:
    archive.close()

    def attempt(client: ftplib.FTP) -> list[str]:
        with pytest.raises(ftplib.error_temp, match="451"):
            client.nlst("/devices")
        archive.open()
        return client.nlst("/devices")

    assert await session(server, attempt) == [str(n) for n in range(1, 8)]


class ImplicitTls(ftplib.FTP_TLS):
    """A client that encrypts from the first byte, as the library's own does not."""

    _connection: ssl.SSLSocket | None = None

    @property
    def sock(self) -> ssl.SSLSocket | None:
        return self._connection

    @sock.setter
    def sock(self, value: socket.socket | ssl.SSLSocket | None) -> None:
        if value is not None and not isinstance(value, ssl.SSLSocket):
            value = self.context.wrap_socket(value)
        self._connection = value


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that a site has made for itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ews.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


async def test_with_a_certificate_everything_is_encrypted(
    archive: Archive, certificate: Path
) -> None:
    (data_port,) = free_ports(1)
    settings = FtpSettings(
        host=HOST,
        port=0,
        data_ports=(data_port, data_port),
        password=PASSWORD,
        certificate=str(certificate),
    )
    server = FtpServer(settings, lambda: tree(archive))
    await server.start()

    def encrypted() -> bytes:
        context = ssl.create_default_context(cafile=certificate)
        context.check_hostname = False
        with ImplicitTls(context=context, encoding="utf-8", timeout=20) as client:
            client.connect(HOST, server.port)
            client.login("wsmeasure", PASSWORD)
            client.prot_p()
            return fetched(client, ENERGY)

    try:
        assert await asyncio.to_thread(encrypted) == content(tree(archive), ENERGY)
        with socket.create_connection((HOST, server.port), timeout=5) as plain:
            plain.sendall(b"USER wsmeasure\r\n")
            answer = await asyncio.to_thread(plain.recv, 100)
        assert b"331" not in answer
    finally:
        await server.stop()
        archive.close()


@pytest.mark.parametrize("text", [None, "", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
async def test_a_certificate_that_is_none_is_said(
    archive: Archive, tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "none.pem"
    if text is not None:
        path.write_text(text)
    settings = FtpSettings(
        host=HOST,
        port=0,
        data_ports=(30000, 30001),
        password=PASSWORD,
        certificate=str(path),
    )
    with pytest.raises(ConfigurationError) as caught:
        await FtpServer(settings, lambda: tree(archive)).start()
    assert (caught.value.field, caught.value.key) == (
        "certificate",
        "ftp_certificate_invalid",
    )
    archive.close()
