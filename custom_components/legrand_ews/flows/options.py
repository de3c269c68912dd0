"""Settings of the whole site: recording interval and the predefined loads."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import BooleanSelector, ColorRGBSelector
import probatio

from ..ews.model import PredefinedLoad
from ..ews.model.defaults import SAMPLE_MINUTES
from ..ews.timegrid import SAMPLE_LENGTHS
from ..installation import (
    OPTION_PREDEFINED_LOADS,
    OPTION_RECORD_HARMONICS,
    OPTION_SAMPLE_MINUTES,
    predefined_loads,
)
from .archive import ArchiveSteps
from .charges import ChargeSteps
from .energy import EnergySteps
from .files import FileSteps
from .forms import Input, choice, color_of_rgb, rgb_of_color
from .ftp import FtpSteps
from .gas import GasSteps
from .history import HistorySteps
from .links import LinkSteps
from .wishes import WishSteps


class EwsOptionsFlow(
    ArchiveSteps,
    ChargeSteps,
    EnergySteps,
    FileSteps,
    FtpSteps,
    GasSteps,
    HistorySteps,
    LinkSteps,
    WishSteps,
    OptionsFlow,
):
    """Change the settings of a site."""

    async def async_step_init(self, user_input: Input = None) -> ConfigFlowResult:
        """Offer the subjects."""
        return self.async_show_menu(
            step_id="init",
            menu_options=[
                "sampling",
                "archive",
                "predefined_loads",
                "greenup",
                "tariffs",
                "gas_factor",
                "energy_dashboard",
                "files",
                "ftp",
                "history",
                "links",
            ],
        )

    async def async_step_sampling(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the recording interval (S113), and what is recorded beside it."""
        if user_input is not None:
            return self._store(
                {
                    OPTION_SAMPLE_MINUTES: int(user_input[OPTION_SAMPLE_MINUTES]),
                    OPTION_RECORD_HARMONICS: user_input[OPTION_RECORD_HARMONICS],
                }
            )
        minutes = [str(length.seconds // 60) for length in SAMPLE_LENGTHS]
        options = self.config_entry.options
        present = options.get(OPTION_SAMPLE_MINUTES, SAMPLE_MINUTES)
        is_recorded = options.get(OPTION_RECORD_HARMONICS, False)
        return self.async_show_form(
            step_id="sampling",
            data_schema=probatio.Schema(
                {
                    probatio.Required(
                        OPTION_SAMPLE_MINUTES, default=str(present)
                    ): choice(minutes, OPTION_SAMPLE_MINUTES),
                    probatio.Required(
                        OPTION_RECORD_HARMONICS, default=is_recorded
                    ): BooleanSelector(),
                }
            ),
        )

    async def async_step_predefined_loads(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which predefined loads are in use, and their colours (S95, S99)."""
        if user_input is not None:
            chosen = {
                key.value: {
                    "enabled": key in user_input["enabled"],
                    "color": color_of_rgb(user_input[f"{key}_color"]),
                }
                for key in PredefinedLoad
            }
            return self._store({OPTION_PREDEFINED_LOADS: chosen})
        loads = {load.key: load for load in predefined_loads(self.config_entry)}
        enabled = [key.value for key in PredefinedLoad if loads[key].is_enabled]
        fields: dict[probatio.Marker, Any] = {
            probatio.Required("enabled", default=enabled): choice(
                [key.value for key in PredefinedLoad], "predefined_load", multiple=True
            )
        }
        for key in PredefinedLoad:
            color = rgb_of_color(loads[key].color)
            fields[probatio.Required(f"{key}_color", default=color)] = (
                ColorRGBSelector()
            )
        return self.async_show_form(
            step_id="predefined_loads", data_schema=probatio.Schema(fields)
        )

    def _store(self, chosen: Mapping[str, object]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **chosen})
