"""Access to the file space over FTP: off, until it is wanted (S195, S196)."""

from ipaddress import ip_address
import secrets
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_PORT
import probatio

from ..ews.delivery.ftp import USER
from ..ews.errors import ConfigurationError
from ..ews.model.rules import LAST_PORT
from ..files.ftp import (
    CONF_CERTIFICATE,
    CONF_FIRST_DATA_PORT,
    CONF_FTP_ENABLED,
    CONF_KEY,
    CONF_LAST_DATA_PORT,
    OPTION_FTP,
    ftp_settings_of,
)
from .forms import SWITCH, TEXT, FormErrors, Input, UserInput, number, whole

_NEW_PASSWORD = "new_password"  # noqa: S105
_FIRST_PORT = 1024
"""Ports below belong to the system."""
_PASSWORD_BYTES = 12


class FtpSteps(OptionsFlow):
    """The steps that ask for the server and show its password, once."""

    _ftp: dict[str, Any]

    async def async_step_ftp(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask where the server listens."""
        errors = FormErrors()
        stored = self.config_entry.options.get(OPTION_FTP, {})
        shown = ftp_settings_of(stored)
        values: dict[str, Any] = {
            CONF_FTP_ENABLED: stored.get(CONF_FTP_ENABLED, False),
            CONF_HOST: shown.host,
            CONF_PORT: shown.port,
            CONF_FIRST_DATA_PORT: shown.data_ports[0],
            CONF_LAST_DATA_PORT: shown.data_ports[1],
            CONF_CERTIFICATE: shown.certificate,
            CONF_KEY: shown.key,
        }
        if user_input is not None:
            texts = dict.fromkeys((CONF_HOST, CONF_CERTIFICATE, CONF_KEY), "")
            values |= {**texts, **user_input}
            is_renewed = values.pop(_NEW_PASSWORD, False)
            try:
                self._ftp = _checked(values)
                settings = ftp_settings_of(self._ftp)
                await self.hass.async_add_executor_job(settings.tls)
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                self._ftp[CONF_PASSWORD] = shown.password
                if is_renewed or (values[CONF_FTP_ENABLED] and not shown.password):
                    self._ftp[CONF_PASSWORD] = secrets.token_urlsafe(_PASSWORD_BYTES)
                    return await self.async_step_ftp_password()
                return self._store_ftp()
        fields: dict[probatio.Marker, Any] = {
            probatio.Required(CONF_FTP_ENABLED, default=values[CONF_FTP_ENABLED]): (
                SWITCH
            ),
            _text(CONF_HOST, values): TEXT,
            **{
                probatio.Required(port, default=values[port]): number()
                for port in (CONF_PORT, CONF_FIRST_DATA_PORT, CONF_LAST_DATA_PORT)
            },
        }
        fields |= {_text(at, values): TEXT for at in (CONF_CERTIFICATE, CONF_KEY)}
        if shown.password:
            fields[probatio.Required(_NEW_PASSWORD, default=False)] = SWITCH
        return self.async_show_form(
            step_id="ftp",
            data_schema=probatio.Schema(fields),
            errors=errors.errors,
            description_placeholders={"user": USER, **errors.placeholders},
        )

    async def async_step_ftp_password(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Show the password that was just made."""
        if user_input is not None:
            return self._store_ftp()
        return self.async_show_form(
            step_id="ftp_password",
            data_schema=probatio.Schema({}),
            description_placeholders={
                "user": USER,
                "password": self._ftp[CONF_PASSWORD],
            },
        )

    def _store_ftp(self) -> ConfigFlowResult:
        options = {**self.config_entry.options, OPTION_FTP: self._ftp}
        return self.async_create_entry(data=options)


def _text(at: str, values: UserInput) -> probatio.Marker:
    return probatio.Optional(at, description={"suggested_value": values[at]})


def _checked(values: UserInput) -> dict[str, Any]:
    """Return the settings; raises ConfigurationError at the field that is wrong."""
    host = values[CONF_HOST].strip()
    if host:
        try:
            ip_address(host)
        except ValueError as error:
            raise ConfigurationError(
                "ftp_address_invalid", field=CONF_HOST, host=host
            ) from error
    ports = {
        at: whole(values, at, 0)
        for at in (CONF_PORT, CONF_FIRST_DATA_PORT, CONF_LAST_DATA_PORT)
    }
    for at, port in ports.items():
        if not _FIRST_PORT <= port <= LAST_PORT and not (
            at == CONF_PORT and port == 21
        ):
            raise ConfigurationError(
                "out_of_range", field=at, minimum=_FIRST_PORT, maximum=LAST_PORT
            )
    first, last = ports[CONF_FIRST_DATA_PORT], ports[CONF_LAST_DATA_PORT]
    if last < first:
        raise ConfigurationError("ftp_ports_reversed", field=CONF_LAST_DATA_PORT)
    if first <= ports[CONF_PORT] <= last:
        raise ConfigurationError("ftp_ports_overlap", field=CONF_PORT)
    return {
        CONF_FTP_ENABLED: values[CONF_FTP_ENABLED],
        CONF_HOST: host,
        **ports,
        **{at: values[at].strip() for at in (CONF_CERTIFICATE, CONF_KEY)},
    }
