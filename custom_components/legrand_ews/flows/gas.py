"""The energy of gas: how many kWh a cubic metre holds, from which day on (S163)."""

from typing import Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    DateSelector,
    ObjectSelector,
    ObjectSelectorConfig,
)
import probatio

from ..ews.errors import ConfigurationError
from ..ews.model.gas import decode_gas_factors, encode_gas_factors
from ..installation import OPTION_GAS_FACTOR
from .forms import TEXT, FormErrors, Input

_FACTORS: Final = ObjectSelector(
    ObjectSelectorConfig(
        fields={
            "kwh_per_m3": {"selector": TEXT, "required": True},
            "from": {"selector": DateSelector()},
        },
        multiple=True,
        label_field="kwh_per_m3",
        description_field="from",
        translation_key="gas_factor",
    )
)


class GasSteps(OptionsFlow):
    """The step that asks for the factors from volume to energy."""

    async def async_step_gas_factor(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the factors; without any, gas has no energy."""
        errors = FormErrors()
        rows = self.config_entry.options.get(OPTION_GAS_FACTOR, [])
        rows = [{key: x for key, x in row.items() if x is not None} for row in rows]
        if user_input is not None:
            rows = user_input.get(OPTION_GAS_FACTOR, [])
            try:
                stored = encode_gas_factors(decode_gas_factors(rows))
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                options = {**self.config_entry.options, OPTION_GAS_FACTOR: stored}
                return self.async_create_entry(data=options)
        return self.async_show_form(
            step_id="gas_factor",
            data_schema=probatio.Schema(
                {probatio.Optional(OPTION_GAS_FACTOR, default=rows): _FACTORS}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )
