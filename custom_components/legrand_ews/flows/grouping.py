"""The forms of loads, measure groups and panel boards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.helpers.selector import ColorRGBSelector
import probatio

from ..ews.model import (
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
)
from ..ews.model.codec import (
    decode_board,
    decode_group,
    decode_load,
    encode_gateway,
    encode_load,
    encode_part,
)
from ..ews.model.rules import check_board, check_group, check_load, clean_name
from ..installation import CONF_ID, subentry_of
from .forms import (
    SWITCH,
    TEXT,
    FormErrors,
    Input,
    UserInput,
    color_of_rgb,
    pick,
    rgb_of_color,
)
from .membership import (
    async_put_in_group,
    async_put_in_load,
    group_candidates,
    load_candidates,
)
from .subentry import ObjectFlow
from .texts import async_with_load_names

_NEW_LOAD_COLOR = "#b279a2"


class LoadFlow(ObjectFlow):
    """Add or change a load of the user (S95)."""

    kind = ObjectKind.LOAD

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for a new load."""
        load = Load(id=0, name="", color=_NEW_LOAD_COLOR)
        return await self._form("user", load, user_input)

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show the load as it is."""
        load = decode_load(self._get_reconfigure_subentry().data)
        return await self._form("reconfigure", load, user_input)

    async def _form(
        self, step: str, load: Load, user_input: Input
    ) -> SubentryFlowResult:
        errors = FormErrors()
        site = await async_with_load_names(self.hass, self.site())
        devices = load_candidates(site, load.id)
        chosen = [x for x in devices if load.id and _load_of(site, x) == load.id]
        if user_input is not None:
            load = replace(
                load,
                name=clean_name(user_input["name"]),
                color=color_of_rgb(user_input["color"]),
                is_enabled=user_input["is_enabled"],
            )
            chosen = user_input.get("devices", [])
            errors.add_problems(check_load(load, site))
            if not errors:
                result = self.store(load.name, encode_load(load))
                number = load.id or result["data"][CONF_ID]
                numbers = {int(x) for x in chosen}
                async_put_in_load(self.hass, self._get_entry(), number, numbers)
                return result
        color = rgb_of_color(load.color)
        fields: dict[probatio.Marker, Any] = {
            probatio.Required("name", default=load.name): TEXT,
            probatio.Required("color", default=color): ColorRGBSelector(),
            probatio.Required("is_enabled", default=load.is_enabled): SWITCH,
            **_device_field(devices, chosen),
        }
        return self.async_show_form(
            step_id=step,
            data_schema=probatio.Schema(fields),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )


class GroupFlow(ObjectFlow):
    """Add or change a measure group (S97)."""

    kind = ObjectKind.GROUP

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for a new group."""
        return self._form("user", MeasureGroup(id=0, name=""), user_input)

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show the group as it is."""
        group = decode_group(self._get_reconfigure_subentry().data)
        return self._form("reconfigure", group, user_input)

    def _form(
        self, step: str, group: MeasureGroup, user_input: Input
    ) -> SubentryFlowResult:
        errors = FormErrors()
        site = self.site()
        devices = group_candidates(site)
        chosen = [str(x.id) for x in site.devices.values() if group.id in x.group_ids]
        if user_input is not None:
            group = _filled(group, user_input)
            chosen = user_input.get("devices", [])
            errors.add_problems(check_group(group, site))
            if not errors:
                result = self.store(group.name, encode_part(group))
                number = group.id or result["data"][CONF_ID]
                numbers = {int(x) for x in chosen}
                async_put_in_group(self.hass, self._get_entry(), number, numbers)
                return result
        fields = {**_part_fields(group), **_device_field(devices, chosen)}
        return self.async_show_form(
            step_id=step,
            data_schema=probatio.Schema(fields),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )


class BoardFlow(ObjectFlow):
    """Add or change a panel board, and say which gateways it holds (S93, S94)."""

    kind = ObjectKind.BOARD

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for a new board."""
        return self._form("user", PanelBoard(id=0, name=""), user_input)

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show the board as it is."""
        board = decode_board(self._get_reconfigure_subentry().data)
        return self._form("reconfigure", board, user_input)

    def _form(
        self, step: str, board: PanelBoard, user_input: Input
    ) -> SubentryFlowResult:
        site = self.site()
        gateways = site.gateways.values()
        chosen = [str(x.id) for x in gateways if board.id and x.board_id == board.id]
        errors = FormErrors()
        if user_input is not None:
            board = _filled(board, user_input)
            chosen = user_input.get("gateways", [])
            errors.add_problems(check_board(board, site))
            if not errors:
                result = self.store(board.name, encode_part(board))
                number = board.id or result["data"][CONF_ID]
                self._assign(number, {int(x) for x in chosen})
                return result
        fields = _part_fields(board)
        if gateways:
            names = {str(x.id): self._gateway_label(x, board.id) for x in gateways}
            fields[probatio.Optional("gateways", default=chosen)] = pick(
                names, multiple=True
            )
        return self.async_show_form(
            step_id=step,
            data_schema=probatio.Schema(fields),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    def _gateway_label(self, gateway: Gateway, board_id: int) -> str:
        """Name a gateway, and the other board that it would leave."""
        if gateway.board_id is None or gateway.board_id == board_id:
            return gateway.name
        board = self.site().boards.get(gateway.board_id)
        return gateway.name if board is None else f"{gateway.name} ({board.name})"

    def _assign(self, board_id: int, chosen: set[int]) -> None:
        """Put the chosen gateways on the board; one that is left out stands alone."""
        entry = self._get_entry()
        for gateway in self.site().gateways.values():
            if gateway.id in chosen:
                wanted: int | None = board_id
            else:
                wanted = None if gateway.board_id == board_id else gateway.board_id
            subentry = subentry_of(entry, ObjectKind.GATEWAY, gateway.id)
            if subentry is not None and wanted != gateway.board_id:
                moved = replace(gateway, board_id=wanted)
                self.hass.config_entries.async_update_subentry(
                    entry, subentry, data=encode_gateway(moved)
                )


def _load_of(site: Installation, device: str) -> int | None:
    return site.devices[int(device)].load_id


def _device_field(
    labels: Mapping[str, str], chosen: Sequence[str]
) -> dict[probatio.Marker, Any]:
    """Return the choice of devices; nothing while there are none."""
    if not labels:
        return {}
    offered = [device for device in chosen if device in labels]
    return {probatio.Optional("devices", default=offered): pick(labels, multiple=True)}


def _part_fields(part: MeasureGroup | PanelBoard) -> dict[probatio.Marker, Any]:
    return {
        probatio.Required("name", default=part.name): TEXT,
        probatio.Optional(
            "description", description={"suggested_value": part.description}
        ): TEXT,
        probatio.Required("is_enabled", default=part.is_enabled): SWITCH,
    }


def _filled[T: (MeasureGroup, PanelBoard)](part: T, user_input: UserInput) -> T:
    return replace(
        part,
        name=clean_name(user_input["name"]),
        description=user_input.get("description", "").strip(),
        is_enabled=user_input["is_enabled"],
    )
