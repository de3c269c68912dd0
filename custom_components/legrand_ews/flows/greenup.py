"""Settings of the load management (7.16.5): meter, limits, circuits, stations."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfElectricCurrent, UnitOfTime
import probatio

from ..ews.catalogue import Catalogue
from ..ews.charging import MAIN, check_config
from ..ews.charging.settings import (
    ChargingSettings,
    MeterSource,
    Scope,
    StationPlace,
    encode_settings,
)
from ..ews.charging.specs import config_in, is_station
from ..ews.errors import ConfigurationError
from ..ews.model import Installation
from ..ews.model.problems import Problem
from ..frontend import async_picture
from ..greenup.stored import OPTION_CHARGING, charging_settings
from ..installation import installation_of
from ..runtime import model_of
from .catalogue import async_readable_catalogue
from .forms import FormErrors, Input, number, pick, whole
from .greenup_form import (
    BEHAVIOUR,
    FEEDERS,
    LIMITS,
    METER,
    SENSOR,
    SENSORS,
    async_circuits,
    behaviour_schema,
    changed,
    chosen_meter,
    feeder_list,
    feeder_rows,
    feeders_of,
    limit_schema,
    meter_choices,
    meter_of,
    put_in_form,
    sensors_of,
)
from .listed import async_speaking
from .membership import async_put_on_main, on_main


class GreenUpSteps(OptionsFlow):
    """Set the load management up, step by step, and change parts of it later."""

    _charging = ChargingSettings()
    """The settings in the making."""
    _station_id = 0

    async def async_step_greenup(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what the main meter measures; later, offer what can be changed."""
        self._charging = charging_settings(self.config_entry)
        if self._charging.meter is None:
            pictures = {
                name: await async_picture(self.hass, f"greenup-{name}.svg")
                for name in ("building", "feeder")
            }
            return self.async_show_menu(
                step_id="greenup",
                menu_options=["greenup_building", "greenup_feeder"],
                description_placeholders=pictures,
            )
        return await self.async_step_greenup_change()

    async def async_step_greenup_change(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Offer what of a load management can be changed."""
        options = ["greenup_limits", "greenup_behaviour", "greenup_feeders"]
        options += ["greenup_wishes"]
        if await self._stations():
            options.append("greenup_wish_stations")
        if await self._own_stations():
            options.append("greenup_stations")
        return self.async_show_menu(
            step_id="greenup_change",
            menu_options=[
                *options,
                "greenup_building",
                "greenup_feeder",
                "greenup_off",
            ],
        )

    async def async_step_greenup_building(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """The meter measures the whole building: image 1 (S118)."""
        self._charging = replace(self._charging, scope=Scope.BUILDING)
        return await self.async_step_greenup_source()

    async def async_step_greenup_feeder(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """The meter measures the stations' own feeder: image 2 (S118)."""
        self._charging = replace(self._charging, scope=Scope.FEEDER)
        return await self.async_step_greenup_source()

    async def async_step_greenup_source(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask where the currents come from; without meters only sensors are left."""
        meters = meter_choices(self._site(), await self._catalogue())
        if not meters:
            return await self.async_step_greenup_sensors()
        return self.async_show_menu(
            step_id="greenup_source",
            menu_options=["greenup_device", "greenup_sensors"],
        )

    async def async_step_greenup_device(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for the device that measures the currents."""
        errors = FormErrors()
        meters = meter_choices(self._site(), await self._catalogue())
        chosen = chosen_meter(self._charging.meter)
        if user_input is not None:
            chosen = user_input[METER]
            await self._take_meter(meter_of(user_input[METER]), errors, METER)
            if not errors:
                return await self.async_step_greenup_limits()
        schema = probatio.Schema({probatio.Required(METER): pick(meters)})
        suggested = {METER: chosen} if chosen in meters else {}
        return self.async_show_form(
            step_id="greenup_device",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    async def async_step_greenup_sensors(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for sensors of Home Assistant, one for each phase."""
        errors = FormErrors()
        stored = self._charging.meter
        suggested: dict[str, Any] = {}
        if stored is not None:
            suggested = {
                f"current_l{phase}": entity_id
                for phase, entity_id in zip(
                    stored.phases, stored.entity_ids, strict=False
                )
            }
        if user_input is not None:
            suggested = user_input
            meter = sensors_of(self.hass, user_input, errors)
            if meter is not None:
                await self._take_meter(meter, errors, "base")
            if not errors:
                return await self.async_step_greenup_limits()
        schema = probatio.Schema({probatio.Optional(name): SENSOR for name in SENSORS})
        return self.async_show_form(
            step_id="greenup_sensors",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    async def async_step_greenup_limits(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for the manual's parameters (S119-S123)."""
        schema = limit_schema(self._charging)
        return await self._parameters("greenup_limits", LIMITS, schema, user_input)

    async def async_step_greenup_behaviour(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for what the manual does not say: sharing, hard limit, fallbacks."""
        schema = behaviour_schema(self._charging)
        return await self._parameters(
            "greenup_behaviour", BEHAVIOUR, schema, user_input
        )

    async def _parameters(
        self,
        step: str,
        names: Iterable[str],
        schema: probatio.Schema,
        user_input: Input,
    ) -> ConfigFlowResult:
        errors = FormErrors()
        if user_input is not None:
            try:
                settings = changed(self._charging, names, user_input)
                put_in_form(await self._problems(settings), names, errors, "base")
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                if not errors:
                    return self._store_charging(settings)
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, user_input or {}),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_greenup_feeders(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for the circuits inside the building that have a limit of their own."""
        errors = FormErrors()
        rows = feeder_rows(self._charging)
        if user_input is not None:
            rows = user_input.get(FEEDERS, [])
            try:
                settings = replace(
                    self._charging, feeders=feeders_of(rows, self._charging)
                )
            except ConfigurationError as error:
                errors.add(FEEDERS, error.key, error.placeholders)
            else:
                put_in_form(await self._problems(settings), (), errors, FEEDERS)
                if not errors:
                    return self._store_charging(settings)
        meters = meter_choices(self._site(), await self._catalogue())
        names = [feeder.name for feeder in self._charging.feeders]
        listed = await async_speaking(self.hass, feeder_list(meters, names))
        return self.async_show_form(
            step_id="greenup_feeders",
            data_schema=probatio.Schema(
                {probatio.Optional(FEEDERS, default=rows): listed}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_greenup_stations(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which of our own stations is meant."""
        stations = await self._own_stations()
        if user_input is not None:
            self._station_id = int(user_input["station"])
            return await self.async_step_greenup_station()
        return self.async_show_form(
            step_id="greenup_stations",
            data_schema=probatio.Schema(
                {
                    probatio.Required("station"): pick(
                        {str(key): name for key, name in stations.items()}
                    )
                }
            ),
            last_step=False,
        )

    async def async_step_greenup_station(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask where a station is fed from, and what it is rated for."""
        errors = FormErrors()
        number_ = self._station_id
        place = self._charging.places.get(number_, StationPlace())
        if user_input is not None:
            try:
                place = StationPlace(
                    circuit_id=int(user_input.get("circuit_id", MAIN)),
                    rated_a=whole(user_input, "rated_a", 0) or None,
                    lag_s=whole(user_input, "lag_s", place.lag_s),
                )
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                places = {**self._charging.places, number_: place}
                settings = replace(self._charging, places=places)
                prefix = f"stations.{number_}."
                own = [
                    replace(x, field=x.field.removeprefix(prefix))
                    for x in await self._problems(settings)
                    if x.field.startswith(prefix)
                ]
                put_in_form(own, ("circuit_id", "rated_a", "lag_s"), errors, "base")
                if not errors:
                    return self._store_charging(settings)
        fields: dict[probatio.Marker, Any] = {}
        if self._charging.feeders:
            circuits = await async_circuits(self.hass, self._charging)
            fields[probatio.Required("circuit_id", default=str(place.circuit_id))] = (
                pick(circuits)
            )
        fields[
            probatio.Optional("rated_a", description={"suggested_value": place.rated_a})
        ] = number(UnitOfElectricCurrent.AMPERE)
        fields[probatio.Required("lag_s", default=place.lag_s)] = number(
            UnitOfTime.SECONDS
        )
        return self.async_show_form(
            step_id="greenup_station",
            data_schema=self.add_suggested_values_to_schema(
                probatio.Schema(fields), user_input or {}
            ),
            errors=errors.errors,
            description_placeholders={
                "name": (await self._own_stations())[number_],
                **errors.placeholders,
            },
        )

    async def async_step_greenup_off(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Take the load management away; its stations are let go with the reload."""
        if user_input is not None:
            options = dict(self.config_entry.options)
            options.pop(OPTION_CHARGING, None)
            return self.async_create_entry(data=options)
        return self.async_show_form(
            step_id="greenup_off", data_schema=probatio.Schema({})
        )

    async def _take_meter(
        self, meter: MeterSource, errors: FormErrors, at: str
    ) -> None:
        """Put a meter into the draft unless stations use phases that it does not."""
        settings = replace(self._charging, meter=meter)
        problems = [
            found
            for found in await self._problems(settings)
            if found.field.startswith("stations.") and found.field.endswith(".phases")
        ]
        put_in_form(problems, (), errors, at)
        if not errors:
            self._charging = settings

    async def _problems(self, settings: ChargingSettings) -> list[Problem]:
        site = self._site()
        if not self._is_set_up:
            # A charger may still name a circuit of a management that was taken away.
            site = replace(site, chargers=on_main(site.chargers))
        config = config_in(site, await self._catalogue(), settings)
        return [] if config is None else check_config(config)

    async def _own_stations(self) -> dict[int, str]:
        catalogue = await self._catalogue()
        return {
            device.id: device.name
            for device in self._site().devices.values()
            if (model := model_of(catalogue, device)) is not None and is_station(model)
        }

    async def _stations(self) -> dict[int, str]:
        """Return all stations, whoever reads them."""
        chargers = {x.id: x.name for x in self._site().chargers.values()}
        return await self._own_stations() | chargers

    @property
    def _is_set_up(self) -> bool:
        return charging_settings(self.config_entry).meter is not None

    def _store_charging(self, settings: ChargingSettings) -> ConfigFlowResult:
        if not self._is_set_up:
            async_put_on_main(self.hass, self.config_entry)
        options = {
            **self.config_entry.options,
            OPTION_CHARGING: encode_settings(settings),
        }
        return self.async_create_entry(data=options)

    def _site(self) -> Installation:
        return installation_of(self.hass, self.config_entry)

    async def _catalogue(self) -> Catalogue:
        return await async_readable_catalogue(self.hass)
