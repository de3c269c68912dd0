"""How the CSV files are written (S192, S193)."""

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
import probatio

from ..ews.errors import ConfigurationError
from ..ews.files import DecimalSign, FileDialect, Separator
from ..files.space import (
    CONF_BYTE_ORDER_MARK,
    CONF_DECIMAL_SIGN,
    CONF_FIELD_SEPARATOR,
    OPTION_FILES,
    dialect_of_entry,
)
from .forms import SWITCH, FormErrors, Input, choice


class FileSteps(OptionsFlow):
    """The step that asks for separators."""

    async def async_step_files(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the decimal sign, the field separator and the byte order mark."""
        errors = FormErrors()
        shown = dialect_of_entry(self.config_entry)
        values = {
            CONF_DECIMAL_SIGN: shown.decimal_sign.value,
            CONF_FIELD_SEPARATOR: shown.separator.value,
            CONF_BYTE_ORDER_MARK: shown.has_mark,
        }
        if user_input is not None:
            values = user_input
            try:
                FileDialect(
                    decimal_sign=DecimalSign(user_input[CONF_DECIMAL_SIGN]),
                    separator=Separator(user_input[CONF_FIELD_SEPARATOR]),
                )
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                options = {**self.config_entry.options, OPTION_FILES: user_input}
                return self.async_create_entry(data=options)
        schema = {
            probatio.Required(
                CONF_DECIMAL_SIGN, default=values[CONF_DECIMAL_SIGN]
            ): choice([x.value for x in DecimalSign], CONF_DECIMAL_SIGN),
            probatio.Required(
                CONF_FIELD_SEPARATOR, default=values[CONF_FIELD_SEPARATOR]
            ): choice([x.value for x in Separator], CONF_FIELD_SEPARATOR),
            probatio.Required(
                CONF_BYTE_ORDER_MARK, default=values[CONF_BYTE_ORDER_MARK]
            ): SWITCH,
        }
        return self.async_show_form(
            step_id="files",
            data_schema=probatio.Schema(schema),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )
