"""What is written can be read: nothing is lost, nothing changes, whatever it is called."""

from dataclasses import replace

from hypothesis import given, settings
import pytest

from custom_components.legrand_ews.ews.inventory import (
    CONTINENTAL,
    ENGLISH,
    Dialect,
    FileFormat,
    plan,
    read,
    write,
)
from custom_components.legrand_ews.ews.model import Installation

from .installations import catalogue, empty_site, installations

FORMATS = pytest.mark.parametrize(
    ("file_format", "dialect"),
    [
        (FileFormat.CSV, ENGLISH),
        (FileFormat.CSV, CONTINENTAL),
        (FileFormat.CSV, Dialect(delimiter="\t", decimal_sign=",")),
        (FileFormat.YAML, ENGLISH),
    ],
    ids=["comma", "semicolon", "tab", "yaml"],
)


@FORMATS
@settings(max_examples=40, deadline=None)
@given(site=installations())
def test_an_empty_site_becomes_the_same_installation(
    file_format: FileFormat, dialect: Dialect, site: Installation
) -> None:
    text = write(site, catalogue(), file_format, dialect)
    result = plan(read(text), empty_site(), catalogue())
    assert result.problems == ()
    assert result.installation == replace(site, name=result.installation.name)
    assert all(
        number < result.next_ids[kind]
        for kind, parts in (
            ("gateway", site.gateways),
            ("device", {**site.devices, **site.chargers}),
            ("load", site.loads),
            ("group", site.groups),
            ("board", site.boards),
        )
        for number in parts
    )


@FORMATS
@settings(max_examples=40, deadline=None)
@given(site=installations())
def test_the_own_export_changes_nothing(
    file_format: FileFormat, dialect: Dialect, site: Installation
) -> None:
    text = write(site, catalogue(), file_format, dialect)
    result = plan(read(text), site, catalogue(), remove_missing=True)
    assert result.problems == ()
    assert (result.added, result.changed, result.removed) == ((), (), ())
    assert result.installation == site
