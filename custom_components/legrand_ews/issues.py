"""How what a user has to put right becomes a repair of his site, and goes again.

Home Assistant withdraws the repairs of a site that is deleted.
"""

from collections.abc import Mapping

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.issue_registry import IssueSeverity, IssuesRefresh

from .const import DOMAIN
from .ews.errors import EwsError


@callback
def async_raise(
    hass: HomeAssistant,
    entry: ConfigEntry,
    kind: str,
    placeholders: Mapping[str, str],
    *,
    about: object = None,
    key: str | None = None,
    severity: IssueSeverity = IssueSeverity.WARNING,
    is_persistent: bool = False,
    fix: Mapping[str, str] | None = None,
) -> None:
    """Raise a repair, or say it in other words where it is there.

    ``about`` tells several of a kind apart. Its sentence is that of ``key``, by default
    the kind's. ``fix`` is what its flow has to know; without, there is none.
    """
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(entry, kind, about),
        is_fixable=fix is not None,
        is_persistent=is_persistent,
        severity=severity,
        config_entry_id=entry.entry_id,
        data=None if fix is None else dict(fix),
        translation_key=key or kind,
        translation_placeholders=dict(placeholders),
    )


@callback
def async_withdraw(
    hass: HomeAssistant, entry: ConfigEntry, kind: str, *, about: object = None
) -> None:
    """Withdraw a repair, if it is there."""
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry, kind, about))


@callback
def async_refresh(
    hass: HomeAssistant, entry: ConfigEntry, *kinds: str
) -> IssuesRefresh:
    """Look anew: a repair of these kinds that is not raised or kept inside goes.

    One that was ignored before a restart stays so until it is raised and goes again.
    """
    prefixes = tuple(issue_id(entry, kind) for kind in kinds)
    shown = [
        name
        for (domain, name), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.active and name.startswith(prefixes)
    ]
    return ir.async_refresh_issues(hass, DOMAIN, issue_ids=shown)


def issue_id(entry: ConfigEntry, kind: str, about: object = None) -> str:
    """Return what Home Assistant knows a repair by."""
    of_site = f"{kind}_{entry.entry_id}"
    return of_site if about is None else f"{of_site}_{about}"


def reason_of(error: EwsError) -> str:
    """Return what a sentence about a failure says of its reason."""
    return error.placeholders.get("reason", error.key)
