"""Repairs are there as long as something is wrong, whoever looks."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.issues import (
    async_raise,
    async_refresh,
    async_withdraw,
    issue_id,
)

LOOSE = "loose"
LOST = "lost"


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    site = MockConfigEntry(domain=DOMAIN, title="Bakery")
    site.add_to_hass(hass)
    return site


def shown(hass: HomeAssistant) -> set[str]:
    return {name for domain, name in ir.async_get(hass).issues if domain == DOMAIN}


def test_what_is_not_raised_again_goes(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    for number in (1, 2, 3):
        async_raise(hass, entry, LOOSE, {}, about=number)
    async_raise(hass, entry, LOST, {})
    with async_refresh(hass, entry, LOOSE) as refresh:
        async_raise(hass, entry, LOOSE, {}, about=1)
        refresh.async_keep([issue_id(entry, LOOSE, 2)])
    assert shown(hass) == {
        issue_id(entry, LOOSE, 1),
        issue_id(entry, LOOSE, 2),
        issue_id(entry, LOST),
    }
    async_withdraw(hass, entry, LOST)
    assert issue_id(entry, LOST) not in shown(hass)


def test_a_look_that_fails_withdraws_nothing(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    async_raise(hass, entry, LOST, {})
    with pytest.raises(ArchiveError), async_refresh(hass, entry, LOST):
        raise ArchiveError("archive_corrupt")
    assert shown(hass) == {issue_id(entry, LOST)}


def test_a_repair_of_one_site_is_none_of_another_ones(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain=DOMAIN, title="Mill")
    other.add_to_hass(hass)
    async_raise(hass, entry, LOST, {})
    async_raise(hass, other, LOST, {})
    with async_refresh(hass, other, LOST):
        pass
    assert shown(hass) == {issue_id(entry, LOST)}


def test_what_was_ignored_before_a_restart_stays_ignored(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """What takes a while to show is not there at the first look after a start."""
    async_raise(hass, entry, LOST, {})
    issues, key = ir.async_get(hass).issues, (DOMAIN, issue_id(entry, LOST))
    # As Home Assistant remembers it from before a start.
    issues[key] = replace(issues[key], active=False, dismissed_version="2026.11.0")
    with async_refresh(hass, entry, LOST):
        pass
    async_raise(hass, entry, LOST, {})
    assert issues[key].dismissed_version == "2026.11.0"


async def test_a_deleted_site_leaves_no_repair(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    async_raise(hass, entry, LOOSE, {}, about=1, is_persistent=True)
    await hass.config_entries.async_remove(entry.entry_id)
    assert shown(hass) == set()
