"""Where the data are kept and for how long, and what is left of deleted devices."""

import asyncio
from typing import Any, Final

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlow,
)
from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.util import dt as dt_util
import probatio

from ..archive.settings import (
    CONF_COPIES,
    CONF_KEPT_MONTHS,
    DEFAULT_COPIES,
    OPTION_ARCHIVE,
    archive_place,
    async_try_place,
    chosen_archive,
)
from ..ews.archive import DataKind, Optimised, split_password
from ..ews.errors import ArchiveError, ConfigurationError
from ..ews.timegrid import Span
from .forms import (
    SWITCH,
    TEXT,
    FormErrors,
    Input,
    UserInput,
    choice,
    number,
    pick,
    whole,
)

_PLACE: Final = "place"
_FILE: Final = "file"
_SERVER: Final = "server"
_SECRET: Final = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
_MOST_MONTHS: Final = 1200
_MOST_COPIES: Final = 30
_DEVICES: Final = "devices"
_CONFIRMED: Final = "confirmed"


class ArchiveSteps(OptionsFlow):
    """The steps around the archive."""

    _chosen: dict[str, Any]
    _is_half_moved = False
    _moving: asyncio.Task[None] | None = None
    _rebuilding: asyncio.Task[Optimised] | None = None

    async def async_step_archive(self, user_input: Input = None) -> ConfigFlowResult:
        """Offer the subjects."""
        return self.async_show_menu(
            step_id="archive",
            menu_options=[
                "archive_place",
                "archive_kept",
                "archive_rebuild",
                "archive_purge",
            ],
        )

    async def async_step_archive_kept(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask how long rows of each kind are kept, and how many copies."""
        errors = FormErrors()
        stored = dict(chosen_archive(self.config_entry))
        kept = stored.get(CONF_KEPT_MONTHS, {})
        values = {kind.value: kept.get(kind.value, 0) for kind in DataKind}
        values[CONF_COPIES] = stored.get(CONF_COPIES, DEFAULT_COPIES)
        if user_input is not None:
            values |= user_input
            try:
                months = {x.value: _within(values, x, _MOST_MONTHS) for x in DataKind}
                copies = _within(values, CONF_COPIES, _MOST_COPIES)
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                return self._store_archive(
                    {**stored, CONF_KEPT_MONTHS: months, CONF_COPIES: copies}
                )
        return self.async_show_form(
            step_id="archive_kept",
            data_schema=probatio.Schema(
                {probatio.Required(at, default=x): number() for at, x in values.items()}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_archive_place(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which database keeps the data, and try it."""
        errors = FormErrors()
        stored = chosen_archive(self.config_entry)
        values: dict[str, Any] = {
            _PLACE: _SERVER if stored.get(CONF_URL) else _FILE,
            CONF_URL: stored.get(CONF_URL, ""),
        }
        if user_input is not None:
            values = {CONF_URL: "", **user_input}
            try:
                self._chosen = _chosen_place(values, stored)
                await self._async_try()
            except ArchiveError as error:
                at = CONF_PASSWORD if error.key == "archive_login_refused" else CONF_URL
                errors.add(at, error.key, error.placeholders)
            else:
                if self._chosen.get(CONF_URL) == stored.get(CONF_URL):
                    return self._store_archive(self._chosen)
                return await self.async_step_archive_change()
        return self.async_show_form(
            step_id="archive_place",
            data_schema=probatio.Schema(
                {
                    probatio.Required(_PLACE, default=values[_PLACE]): choice(
                        [_FILE, _SERVER], "archive_place"
                    ),
                    probatio.Optional(
                        CONF_URL, description={"suggested_value": values[CONF_URL]}
                    ): TEXT,
                    probatio.Optional(CONF_PASSWORD): _SECRET,
                }
            ),
            errors=errors.errors,
            description_placeholders={
                "postgresql": "postgresql://user@host/database",
                "mariadb": "mariadb://user@host/database",
                **errors.placeholders,
            },
        )

    async def async_step_archive_change(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask what becomes of the data there are; they can move while the site runs."""
        options = []
        if self.config_entry.state is ConfigEntryState.LOADED:
            options.append("archive_move")
        if not self._is_half_moved:
            options.append("archive_begin")
        return self.async_show_menu(step_id="archive_change", menu_options=options)

    async def async_step_archive_begin(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Go on with what is at the new place."""
        return self._store_archive(self._chosen)

    async def async_step_archive_move(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Move the data."""
        if self._moving is None:
            place = archive_place(self.hass, self.config_entry, self._chosen)
            upkeep = self.config_entry.runtime_data.upkeep
            self._moving = self.hass.async_create_task(
                upkeep.async_move(place, self._on_progress, self._note_place),
                "Move of an archive",
            )
        elif self._moving.done():
            return self.async_show_progress_done(next_step_id="archive_moved")
        return self.async_show_progress(
            step_id="archive_move",
            progress_action="archive_move",
            progress_task=self._moving,
        )

    async def async_step_archive_moved(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Take the new place, or say why it could not be."""
        if self._moving is not None and (error := self._moving.exception()):
            if not isinstance(error, ArchiveError):
                raise error
            return self.async_abort(
                reason=error.key, description_placeholders=dict(error.placeholders)
            )
        return self._store_archive(self._chosen)

    async def async_step_archive_rebuild(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Derive all sums and averages anew, then tidy up (S243)."""
        if self._rebuilding is None:
            if self.config_entry.state is not ConfigEntryState.LOADED:
                return self.async_abort(reason="site_not_running")
            upkeep = self.config_entry.runtime_data.upkeep
            self._rebuilding = self.hass.async_create_task(
                upkeep.async_optimise(self._on_progress), "Rebuilding of an archive"
            )
        elif self._rebuilding.done():
            return self.async_show_progress_done(next_step_id="archive_rebuilt")
        return self.async_show_progress(
            step_id="archive_rebuild",
            progress_action="archive_rebuild",
            progress_task=self._rebuilding,
        )

    async def async_step_archive_rebuilt(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Say that it is done, or why it could not be."""
        if self._rebuilding is None:
            raise RuntimeError("nothing was rebuilt")
        try:
            self._rebuilding.result()
        except ArchiveError as error:
            return self.async_abort(
                reason=error.key, description_placeholders=dict(error.placeholders)
            )
        return self.async_abort(reason="archive_rebuilt")

    async def async_step_archive_purge(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which deleted devices shall leave nothing behind (S91)."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="site_not_running")
        errors = FormErrors()
        try:
            devices = await self._async_archived()
            if not devices:
                return self.async_abort(reason="archive_nothing_deleted")
            if user_input is not None and user_input[_CONFIRMED]:
                upkeep = self.config_entry.runtime_data.upkeep
                await upkeep.async_purge([int(x) for x in user_input[_DEVICES]])
                return self.async_abort(reason="archive_purged")
        except ArchiveError as error:
            return self.async_abort(
                reason=error.key, description_placeholders=dict(error.placeholders)
            )
        if user_input is not None:
            errors.add(_CONFIRMED, "archive_purge_unconfirmed", {})
        chosen = [] if user_input is None else user_input[_DEVICES]
        return self.async_show_form(
            step_id="archive_purge",
            data_schema=probatio.Schema(
                {
                    probatio.Required(_DEVICES, default=chosen): pick(
                        devices, multiple=True, is_open=True
                    ),
                    probatio.Required(_CONFIRMED, default=False): SWITCH,
                }
            ),
            errors=errors.errors,
        )

    async def _async_archived(self) -> dict[str, str]:
        """Return deleted devices by number: name, and from when to when data are."""
        site = self.config_entry.runtime_data.site

        def read() -> dict[str, str]:
            spans: dict[int, Span] = {}
            for total in site.recorded():
                known = spans.get(total.device_id)
                spans[total.device_id] = Span(
                    min(total.first_start, known.start if known else total.first_start),
                    max(total.last_end, known.end if known else total.last_end),
                )
            found = {}
            for item in site.archived_devices():
                its = spans.get(item.id, Span(item.first_seen, item.last_seen))
                first, last = (dt_util.as_local(x).date() for x in (its.start, its.end))
                found[str(item.id)] = f"{item.name} ({item.id}) · {first} – {last}"
            return found

        return await self.hass.async_add_executor_job(read)

    async def _async_try(self) -> None:
        place = archive_place(self.hass, self.config_entry, self._chosen)
        self._is_half_moved = False
        try:
            await async_try_place(self.hass, place)
        except ArchiveError as error:
            if error.key != "archive_moving":
                raise
            self._is_half_moved = True

    @callback
    def _on_progress(self, share: float) -> None:
        self.async_update_progress(share)

    @callback
    def _note_place(self) -> None:
        """Store where the data are now, whether or not the dialog is still open."""
        options = {**self.config_entry.options, OPTION_ARCHIVE: self._chosen}
        self.hass.config_entries.async_update_entry(self.config_entry, options=options)

    def _store_archive(self, chosen: dict[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(
            data={**self.config_entry.options, OPTION_ARCHIVE: chosen}
        )


def _within(values: UserInput, at: str, maximum: int) -> int:
    found = whole(values, at, 0)
    if not 0 <= found <= maximum:
        raise ConfigurationError("out_of_range", field=at, minimum=0, maximum=maximum)
    return found


def _chosen_place(values: UserInput, stored: UserInput) -> dict[str, Any]:
    """Return the settings with the chosen place; the password is kept apart.

    Raises ArchiveError ``archive_url_invalid``.
    """
    others = {at: x for at, x in stored.items() if at not in (CONF_URL, CONF_PASSWORD)}
    if values[_PLACE] == _FILE:
        return others
    url, password = split_password(values[CONF_URL].strip())
    password = values.get(CONF_PASSWORD) or password
    if password is None and url == stored.get(CONF_URL):
        password = stored.get(CONF_PASSWORD)
    return {**others, CONF_URL: url, CONF_PASSWORD: password or ""}
