"""The flow that creates a site with its first gateway, and the way to all others."""

from typing import override
from zoneinfo import ZoneInfo

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback
import probatio

from .const import (
    DOMAIN,
    SUBENTRY_BOARD,
    SUBENTRY_CHARGER,
    SUBENTRY_DEVICE,
    SUBENTRY_GATEWAY,
    SUBENTRY_GROUP,
    SUBENTRY_LOAD,
)
from .ews.model import Gateway, Installation, ObjectKind
from .ews.model.codec import VERSION, encode_gateway, first_ids, take_id
from .ews.model.rules import clean_name, name_key
from .flows.charger import ChargerFlow
from .flows.device import DeviceFlow
from .flows.forms import TEXT, Input
from .flows.gateway import GatewayFlow, GatewaySteps
from .flows.gateway_form import WAYS
from .flows.grouping import BoardFlow, GroupFlow, LoadFlow
from .flows.options import EwsOptionsFlow
from .installation import CONF_ID, CONF_NEXT_IDS, subentry_unique_id


class EwsConfigFlow(
    GatewaySteps[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow, domain=DOMAIN
):
    """Create a site: its name, then the gateway to its first bus (S49)."""

    VERSION = VERSION

    _name = ""
    _is_first_gateway = True

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow of the site's settings."""
        return EwsOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the flow of every kind of object."""
        return {
            SUBENTRY_GATEWAY: GatewayFlow,
            SUBENTRY_DEVICE: DeviceFlow,
            SUBENTRY_LOAD: LoadFlow,
            SUBENTRY_GROUP: GroupFlow,
            SUBENTRY_BOARD: BoardFlow,
            SUBENTRY_CHARGER: ChargerFlow,
        }

    @override
    async def async_step_user(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the name of the site."""
        errors: dict[str, str] = {}
        name = self.hass.config.location_name
        if user_input is not None:
            name = clean_name(user_input["name"])
            errors = self._name_errors(name, None)
            if not errors:
                self._name = name
                await self.async_set_unique_id(name_key(name), raise_on_progress=False)
                return await self.async_step_gateway()
        return self._name_form("user", name, errors)

    async def async_step_gateway(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which way leads to the first bus."""
        return self.async_show_menu(step_id="gateway", menu_options=list(WAYS))

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Give the site another name; nothing else changes."""
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        name = entry.title
        if user_input is not None:
            name = clean_name(user_input["name"])
            errors = self._name_errors(name, entry)
            if not errors:
                return self.async_update_and_abort(
                    entry, title=name, unique_id=name_key(name)
                )
        return self._name_form("reconfigure", name, errors)

    @override
    def _site(self) -> Installation:
        return Installation(name=self._name, zone=ZoneInfo(self.hass.config.time_zone))

    @override
    def _save_gateway(self, gateway: Gateway) -> ConfigFlowResult:
        if self._name_errors(self._name, None):  # taken while this flow was open
            return self.async_abort(reason="already_configured")
        number, counters = take_id(first_ids(), ObjectKind.GATEWAY, ())
        return self.async_create_entry(
            title=self._name,
            data={CONF_NEXT_IDS: counters},
            subentries=[
                ConfigSubentryData(
                    data={**encode_gateway(gateway), CONF_ID: number},
                    subentry_type=SUBENTRY_GATEWAY,
                    title=gateway.name,
                    unique_id=subentry_unique_id(ObjectKind.GATEWAY, number),
                )
            ],
        )

    def _name_errors(self, name: str, itself: ConfigEntry | None) -> dict[str, str]:
        if not name:
            return {"name": "name_required"}
        taken = {
            name_key(entry.title)
            for entry in self._async_current_entries(include_ignore=False)
            if entry is not itself
        }
        return {"name": "site_duplicate"} if name_key(name) in taken else {}

    def _name_form(
        self, step: str, name: str, errors: dict[str, str]
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=probatio.Schema(
                {probatio.Required("name", default=name): TEXT}
            ),
            errors=errors,
            description_placeholders={"name": name},
        )
