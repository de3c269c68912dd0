"""The steps that describe a gateway, in the first flow of a site and on their own."""

from abc import abstractmethod
from typing import Any, Final, override

from homeassistant.config_entries import SubentryFlowContext, SubentryFlowResult
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult

from ..catalogue import async_get_catalogue
from ..ews.catalogue.places import measures_quality
from ..ews.errors import CatalogueError
from ..ews.model import Gateway, GatewayKind, Installation, ObjectKind, TcpLink
from ..ews.model.codec import RTU_OVER_TCP, SERIAL, TCP, decode_gateway, encode_gateway
from ..ews.model.remote import SLAVE_UNIT
from ..ews.model.rules import check_gateway
from ..sentences import number_text
from .bus_test import GATEWAY_FAULTS, async_test_gateway
from .forms import SAVE_WITHOUT_TEST, FormErrors, Input, UserInput, without_gone
from .gateway_form import (
    EWS_SLAVE,
    WAYS,
    gateway_from,
    gateway_schema,
    gateway_values,
    place_field,
    way_of,
)
from .subentry import ObjectFlow

_AFTER_TEST: Final = ("save_gateway", "edit_gateway")


class GatewaySteps[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    FlowHandler[ContextT, ResultT, HandlerT]
):
    """Ask for a gateway, test it, and let the user save it or go back.

    Whoever mixes the steps in says around which site, and what saving means.
    """

    _gateway: Gateway | None = None
    _stored_gateway: Gateway | None = None
    _is_first_gateway = False
    _latency_ms = 0.0

    @abstractmethod
    def _site(self) -> Installation:
        """Return the site that the gateway is to be part of."""

    async def _eq_devices(self) -> dict[str, str]:
        """Return the devices whose power quality can be checked, by number (S87)."""
        return {}

    @abstractmethod
    def _save_gateway(self, gateway: Gateway) -> ResultT:
        """Store the gateway and end the flow."""

    async def async_step_tcp(self, user_input: Input = None) -> ResultT:
        """Ask for a Modbus TCP gateway."""
        return await self._gateway_form(TCP, user_input)

    async def async_step_rtu_over_tcp(self, user_input: Input = None) -> ResultT:
        """Ask for a serial device server that carries RTU frames."""
        return await self._gateway_form(RTU_OVER_TCP, user_input)

    async def async_step_serial(self, user_input: Input = None) -> ResultT:
        """Ask for an RS-485 port of this machine."""
        return await self._gateway_form(SERIAL, user_input)

    async def async_step_ews_slave(self, user_input: Input = None) -> ResultT:
        """Ask for another Energy Web Server, to read what it has recorded (S129)."""
        return await self._gateway_form(EWS_SLAVE, user_input)

    async def async_step_gateway_connected(self, user_input: Input = None) -> ResultT:
        """Say that the gateway is there (S52)."""
        return self.async_show_menu(
            step_id="gateway_connected",
            menu_options=_AFTER_TEST,
            description_placeholders={"name": self._draft().name},
        )

    async def async_step_gateway_tested(self, user_input: Input = None) -> ResultT:
        """Say how soon a device behind the gateway has answered (S52)."""
        latency = number_text(self._latency_ms, 1, self.hass.config.language)
        return self.async_show_menu(
            step_id="gateway_tested",
            menu_options=_AFTER_TEST,
            description_placeholders={"name": self._draft().name, "latency": latency},
        )

    async def async_step_save_gateway(self, user_input: Input = None) -> ResultT:
        """Save what was tested, unless the site has changed meanwhile."""
        gateway = self._draft()
        errors = FormErrors()
        able = await self._eq_devices()
        errors.add_problems(
            check_gateway(
                gateway, self._site(), has_quality=lambda device: str(device.id) in able
            )
        )
        if errors:
            return await self._show_gateway_form(
                way_of(gateway), gateway_values(gateway), errors
            )
        return self._save_gateway(gateway)

    async def async_step_edit_gateway(self, user_input: Input = None) -> ResultT:
        """Go back to the form as it was filled."""
        gateway = self._draft()
        return await self._show_gateway_form(
            way_of(gateway), gateway_values(gateway), FormErrors()
        )

    async def _gateway_form(self, way: str, user_input: Input) -> ResultT:
        stored = self._stored_gateway
        if user_input is None:
            values = {} if stored is None else gateway_values(stored)
            return await self._show_gateway_form(way, values, FormErrors())
        number = 0 if stored is None else stored.id
        gateway, errors = gateway_from(
            way,
            user_input,
            number,
            self._site(),
            eq_devices=await self._eq_devices(),
        )
        if gateway is None or errors:
            return await self._show_gateway_form(way, user_input, errors)
        self._gateway = gateway
        is_same_line = stored is not None and stored.link == gateway.link
        is_test_needed = gateway.is_enabled and not is_same_line
        if user_input.get(SAVE_WITHOUT_TEST) or not is_test_needed:
            return self._save_gateway(gateway)
        units = {
            device.address.unit for device in self._site().devices_behind(gateway.id)
        }
        if gateway.kind is GatewayKind.EWS_SLAVE:
            units = {SLAVE_UNIT}
        result = await async_test_gateway(self.hass, gateway, units)
        if result.error is not None:
            link = gateway.link
            place = link.host if isinstance(link, TcpLink) else link.port
            errors.add(place_field(gateway), result.error, {"place": place})
            return await self._show_gateway_form(way, user_input, errors)
        # A gateway whose devices are not there yet opens its door and says nothing.
        if result.latency_ms is None:
            return await self.async_step_gateway_connected()
        self._latency_ms = result.latency_ms
        return await self.async_step_gateway_tested()

    async def _show_gateway_form(
        self, way: str, values: UserInput, errors: FormErrors
    ) -> ResultT:
        boards = {str(board.id): board.name for board in self._site().boards.values()}
        # The field stays while it has something to say, even of a board that is gone.
        has_board_field = bool(boards) or "board_id" in values
        eq_devices = await self._eq_devices()
        schema = gateway_schema(
            way,
            boards=boards if has_board_field else None,
            eq_devices=eq_devices,
            is_first=self._is_first_gateway,
            may_skip_test=SAVE_WITHOUT_TEST in values
            or not GATEWAY_FAULTS.isdisjoint(errors.errors.values()),
        )
        values = without_gone(values, "board_id", boards)
        values = without_gone(values, "eq_device_id", eq_devices)
        return self.async_show_form(
            step_id=way,
            data_schema=self.add_suggested_values_to_schema(schema, values),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    def _draft(self) -> Gateway:
        if self._gateway is None:  # the steps are only offered after the form
            raise RuntimeError("no gateway was described")
        return self._gateway


class GatewayFlow(
    GatewaySteps[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ObjectFlow,
):
    """Add a gateway to a site, or change it without losing its number (S28, S51)."""

    kind = ObjectKind.GATEWAY

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask which way leads to the bus."""
        return self.async_show_menu(step_id="user", menu_options=list(WAYS))

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show the gateway as it is."""
        self._stored_gateway = decode_gateway(self._get_reconfigure_subentry().data)
        return await self._gateway_form(way_of(self._stored_gateway), None)

    @override
    def _site(self) -> Installation:
        return self.site()

    @override
    async def _eq_devices(self) -> dict[str, str]:
        gateway = self._stored_gateway
        if gateway is None:  # nothing is behind a new one
            return {}
        try:
            catalogue = await async_get_catalogue(self.hass)
        except CatalogueError:  # said where devices are described
            return {}
        has_quality = measures_quality(catalogue)
        behind = self.site().devices_behind(gateway.id)
        return {str(device.id): device.name for device in behind if has_quality(device)}

    @override
    def _save_gateway(self, gateway: Gateway) -> SubentryFlowResult:
        return self.store(gateway.name, encode_gateway(gateway))
