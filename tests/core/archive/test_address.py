"""Addresses of database servers and the password that is kept apart from them."""

import pytest

from custom_components.legrand_ews.ews.archive import split_password, with_password
from custom_components.legrand_ews.ews.errors import ArchiveError


@pytest.mark.parametrize(
    ("address", "bare", "password"),
    [
        pytest.param(
            "postgresql://ews:a%20secret%2F@db.example:5433/house?sslmode=require",
            "postgresql://ews@db.example:5433/house?sslmode=require",
            "a secret/",
            id="everything",
        ),
        pytest.param(
            "mariadb+pymysql://ews@db.example/house",
            "mariadb+pymysql://ews@db.example/house",
            None,
            id="no password",
        ),
    ],
)
def test_the_password_is_taken_out_and_put_back(
    address: str, bare: str, password: str | None
) -> None:
    assert split_password(address) == (bare, password)
    whole = with_password(bare, password or "")
    assert split_password(whole) == (bare, password)


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "sqlite:///archive.db",
        "postgresql://ews:secret@db.example",
        "postgresql:///house",
        "oracle://ews:secret@db.example/house",
    ],
)
def test_what_is_no_server_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ArchiveError) as raised:
        split_password(address)
    assert raised.value.key == "archive_url_invalid"
    assert "secret" not in str(raised.value)
