"""Settings of what is wished beyond the manual: sun, prices, the grid's limit (S191)."""

from dataclasses import replace

from homeassistant.config_entries import ConfigFlowResult
import probatio

from ..ews.charging import check_wishes
from ..ews.charging.settings import ChargingSettings
from ..ews.charging.specs import config_in
from ..ews.errors import ConfigurationError
from ..ews.model import ChargerRole
from ..ews.model.problems import Problem
from .forms import FormErrors, Input, pick
from .greenup import GreenUpSteps
from .greenup_form import put_in_form
from .wish_form import (
    WISH_FIELDS,
    station_wish_schema,
    wish_schema,
    wished_by,
    with_wish,
)


class WishSteps(GreenUpSteps):
    """Say what is wished of the stations, and where that comes from."""

    async def async_step_greenup_wishes(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask where sun and a grid operator's limit come from (S191)."""
        errors = FormErrors()
        if user_input is not None:
            try:
                settings = wished_by(self.hass, self._charging, user_input, errors)
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                put_in_form(
                    await self._wish_problems(settings), WISH_FIELDS, errors, "base"
                )
                if not errors:
                    return self._store_charging(settings)
        return self.async_show_form(
            step_id="greenup_wishes",
            data_schema=self.add_suggested_values_to_schema(
                wish_schema(self._charging), user_input or {}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_greenup_wish_stations(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask of which station something is wished."""
        if user_input is not None:
            self._station_id = int(user_input["station"])
            return await self.async_step_greenup_wish()
        labels = {str(key): name for key, name in (await self._stations()).items()}
        return self.async_show_form(
            step_id="greenup_wish_stations",
            data_schema=probatio.Schema({probatio.Required("station"): pick(labels)}),
            last_step=False,
        )

    async def async_step_greenup_wish(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask what is wished of a station: sun, a price (S191)."""
        errors = FormErrors()
        if user_input is not None:
            settings = with_wish(self._charging, self._station_id, user_input, errors)
            if not errors:
                return self._store_charging(settings)
        return self.async_show_form(
            step_id="greenup_wish",
            data_schema=self.add_suggested_values_to_schema(
                station_wish_schema(
                    self._charging, self._station_id, can_switch=self._can_switch()
                ),
                user_input or {},
            ),
            errors=errors.errors,
            description_placeholders={
                "name": (await self._stations())[self._station_id],
                "currency": self.hass.config.currency,
                **errors.placeholders,
            },
        )

    async def _wish_problems(self, settings: ChargingSettings) -> list[Problem]:
        config = config_in(self._site(), await self._catalogue(), settings)
        found = [] if config is None else check_wishes(settings.wishes, config)
        return [replace(x, field=x.field.removeprefix("external.")) for x in found]

    def _can_switch(self) -> bool:
        """Whether an entity switches the phases of the station that is asked about."""
        charger = self._site().chargers.get(self._station_id)
        return charger is not None and ChargerRole.PHASES in charger.entities
