"""The list of links between EMS CX3 modules, as the user copies it from the software.

No register is public for links, so nothing can be read from the bus (S179).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
)
import probatio

from ..ews.catalogue import Catalogue
from ..ews.model import Device, Installation, Link, LinkEnd
from ..ews.model.codec import encode_link
from ..ews.model.linking import check_link
from ..ews.model.rules import clean_name
from ..installation import OPTION_LINKS, installation_of
from ..links.watching import can_link
from .catalogue import async_readable_catalogue
from .forms import TEXT, FormErrors, Input, pick

_SIDES: Final = ("event", "action")


class LinkSteps(OptionsFlow):
    """The step that asks for the links."""

    async def async_step_links(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which module makes which other one act."""
        catalogue = await async_readable_catalogue(self.hass)
        site = installation_of(self.hass, self.config_entry)
        errors = FormErrors()
        rows = [_row_of(link, site) for link in site.links]
        if user_input is not None:
            rows = user_input[OPTION_LINKS]
            links = [_link_of(row, site) for row in rows]
            _check(links, site, catalogue, errors)
            if not errors:
                stored = [encode_link(link) for link in links]
                options = {**self.config_entry.options, OPTION_LINKS: stored}
                return self.async_create_entry(data=options)
        schema = {
            probatio.Required(OPTION_LINKS, default=rows): _selector(
                site, catalogue, rows
            )
        }
        return self.async_show_form(
            step_id="links",
            data_schema=probatio.Schema(schema),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )


def _selector(
    site: Installation, catalogue: Catalogue, rows: Iterable[Mapping[str, Any]]
) -> ObjectSelector:
    # The list shows the values that were chosen, so a module is chosen by its name.
    labels = {
        device.name: _label(device, site)
        for device in site.devices.values()
        if can_link(catalogue, device)
    }
    for row in rows:
        for side in _SIDES:
            labels.setdefault(row[f"{side}_device"], row[f"{side}_device"])
    fields: dict[str, ObjectSelectorField] = {}
    for side in _SIDES:
        fields[f"{side}_device"] = {"selector": pick(labels), "required": True}
        fields[f"{side}_function"] = {"selector": TEXT, "required": True}
    fields["comment"] = {"selector": TEXT}
    return ObjectSelector(
        ObjectSelectorConfig(
            fields=fields,
            multiple=True,
            label_field="event_device",
            description_field="action_device",
            translation_key="link",
        )
    )


def _label(device: Device, site: Installation) -> str:
    gateway = site.gateways.get(device.gateway_id)
    place = device.place if gateway is None else f"{gateway.name}, {device.place}"
    return f"{device.name} ({place})"


def _check(
    links: list[Link], site: Installation, catalogue: Catalogue, errors: FormErrors
) -> None:
    for number, link in enumerate(links, start=1):
        problems = check_link(
            link,
            links[: number - 1],
            site,
            lambda device: can_link(catalogue, device),
        )
        for found in problems[:1]:
            values = {**found.placeholders, "row": str(number)}
            errors.add(OPTION_LINKS, found.key, values)


def _row_of(link: Link, site: Installation) -> dict[str, Any]:
    row = dict(encode_link(link))
    for side, end in zip(_SIDES, link.ends, strict=True):
        device = site.devices.get(end.device_id)
        row[f"{side}_device"] = f"#{end.device_id}" if device is None else device.name
    return row


def _link_of(row: Mapping[str, Any], site: Installation) -> Link:
    numbers = {device.name: device.id for device in site.devices.values()}
    event, action = (
        LinkEnd(
            device_id=_number(row[f"{side}_device"], numbers),
            function=clean_name(row[f"{side}_function"]),
        )
        for side in _SIDES
    )
    return Link(event=event, action=action, comment=clean_name(row.get("comment", "")))


def _number(name: str, numbers: Mapping[str, int]) -> int:
    """The device of a name; one that was deleted goes by its number."""
    digits = name.removeprefix("#")
    return numbers.get(name, int(digits) if digits.isdecimal() else 0)
