"""Import of history with a mapping step, a preview before anything is written, and undo.

The preview tries the whole file, so what it says is what the import does.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
import os
from pathlib import Path
import shutil
from tempfile import mkstemp
from typing import Any, Final, override

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    FileSelector,
    FileSelectorConfig,
    ObjectSelector,
    ObjectSelectorConfig,
)
from homeassistant.util import dt as dt_util
import probatio

from ..ews.archive import OnConflict, PastImport
from ..ews.errors import EwsError
from ..ews.importing import (
    FileMapping,
    Meaning,
    Stamp,
    decode_mapping,
)
from ..ews.model import Installation
from ..ews.site import Site
from ..history.importing import (
    HistoryRequest,
    async_run_import,
    async_undo_import,
    header_of,
    table_rows,
)
from .forms import TEXT, FormErrors, Input, choice, number, pick

FACTORS: Final[Mapping[str, str]] = {"base": "1", "kilo": "1000", "mega": "1000000"}
"""What a number is multiplied by: Wh or dm³, kWh or m³, MWh."""
COUNTERS: Final = (
    "active_energy_import",
    "active_energy_export",
    "reactive_energy_import",
    "reactive_energy_export",
    "gas_volume",
    "water_volume",
)
"""What the form offers; the action takes every counter."""
_PROBLEMS_SHOWN: Final = 5
_TIME_WORDS: Final = ("time", "date", "heure", "start", "début")

type Answer = dict[str, Any]


class HistorySteps(OptionsFlow):
    """The steps that import a file of history, or take an import away again."""

    _file: Path | None = None
    _header: Sequence[str] = ()
    _said: Mapping[str, Any] | None = None
    _mapping: FileMapping | None = None
    _task: asyncio.Task[Answer] | None = None
    _on_conflict = OnConflict.KEEP

    async def async_step_history(self, user_input: Input = None) -> ConfigFlowResult:
        """Offer to import, and to undo what was imported."""
        if not await self._past():
            return await self.async_step_history_file()
        return self.async_show_menu(
            step_id="history", menu_options=["history_file", "history_undo"]
        )

    async def async_step_history_file(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for the file."""
        errors = FormErrors()
        if user_input is not None:
            self._header = await self.hass.async_add_executor_job(
                self._take, user_input["file"]
            )
            if len(self._header) > 1:
                return await self.async_step_history_mapping()
            errors.add("file", "history_no_table", {})
        selector = FileSelector(FileSelectorConfig(accept=".csv,.txt,text/csv"))
        return self.async_show_form(
            step_id="history_file",
            data_schema=probatio.Schema({probatio.Required("file"): selector}),
            errors=errors.errors,
        )

    async def async_step_history_mapping(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask what the columns mean."""
        errors = FormErrors()
        site = self._installation()
        if user_input is not None:
            self._said = user_input
            mapping, problems = decode_mapping(
                _plain(user_input, site), list(site.devices)
            )
            for found in problems:
                at = found.field.split("[")[0]
                errors.add(at, found.key, found.placeholders)
            if not errors:
                self._mapping = mapping
                return await self.async_step_history_check()
        schema = _mapping_schema(self._header, site)
        return self.async_show_form(
            step_id="history_mapping",
            data_schema=self.add_suggested_values_to_schema(
                schema, self._said or _guess(self._header)
            ),
            errors=errors.errors,
            description_placeholders={
                "columns": ", ".join(self._header),
                **errors.placeholders,
            },
        )

    async def async_step_history_check(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Try the whole file."""
        return self._progress("history_check", "history_preview", dry_run=True)

    async def async_step_history_preview(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Say what the import would do; nothing is written before that."""
        if user_input is not None:
            how = user_input.get("on_conflict", OnConflict.KEEP.value)
            self._on_conflict = OnConflict(how)
            self._task = None
            return await self.async_step_history_write()
        try:
            answer = self._answer()
        except EwsError as error:
            return self.async_abort(
                reason=error.key, description_placeholders=dict(error.placeholders)
            )
        if answer["problem_count"] or not answer["rows"]:
            return await self.async_step_history_problems()
        fields: dict[probatio.Marker, Any] = {}
        if answer["conflicts"]:
            fields[probatio.Required("on_conflict", default=OnConflict.KEEP.value)] = (
                choice([OnConflict.KEEP.value, OnConflict.REPLACE.value], "on_conflict")
            )
        return self.async_show_form(
            step_id="history_preview",
            data_schema=probatio.Schema(fields),
            description_placeholders={
                key: str(answer[key]) for key in ("rows", "written", "conflicts")
            },
        )

    async def async_step_history_problems(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Say what is wrong in the file, and what can be done."""
        answer = self._answer()
        self._task = None
        return self.async_show_menu(
            step_id="history_problems",
            menu_options=["history_mapping", "history_file"],
            description_placeholders={
                "rows": str(answer["rows"]),
                "count": str(answer["problem_count"]),
                "problems": _listed(answer["problems"]),
            },
        )

    async def async_step_history_write(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Write the history."""
        return self._progress("history_write", "history_done", dry_run=False)

    async def async_step_history_done(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Say what was written."""
        try:
            answer = self._answer()
        except EwsError as error:
            return self.async_abort(
                reason=error.key, description_placeholders=dict(error.placeholders)
            )
        return self.async_abort(
            reason="history_imported",
            description_placeholders={"written": str(answer["written"])},
        )

    async def async_step_history_undo(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which import to take away again."""
        errors = FormErrors()
        if user_input is not None:
            try:
                await async_undo_import(
                    self.hass, self.config_entry, user_input["undo"]
                )
            except EwsError as error:
                errors.add("undo", error.key, error.placeholders)
            else:
                return self.async_abort(reason="history_undone")
        labels = {
            past.token: f"{dt_util.as_local(past.at):%Y-%m-%d %H:%M} · {past.written}"
            for past in await self._past()
        }
        return self.async_show_form(
            step_id="history_undo",
            data_schema=probatio.Schema(
                {probatio.Required("undo"): pick(labels, is_open=True)}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    @callback
    @override
    def async_remove(self) -> None:
        """Throw the uploaded file away when the dialog is closed."""
        if self._file is not None:
            file, self._file = self._file, None
            _ = self.hass.async_add_executor_job(partial(file.unlink, missing_ok=True))

    def _installation(self) -> Installation:
        site: Site = self.config_entry.runtime_data.site
        return site.installation

    async def _past(self) -> Sequence[PastImport]:
        site: Site = self.config_entry.runtime_data.site
        return await self.hass.async_add_executor_job(site.past_imports)

    def _take(self, upload: str) -> list[str]:
        """Keep the upload for as long as the dialog is open; return its columns."""
        if self._file is None:
            handle, name = mkstemp(suffix=".csv")
            os.close(handle)
            self._file = Path(name)
        try:
            with process_uploaded_file(self.hass, upload) as uploaded:
                shutil.copyfile(uploaded, self._file)
        except ValueError:  # Home Assistant keeps uploads for a short time only
            return []
        return header_of(self._file)

    def _progress(
        self, step: str, following: str, *, dry_run: bool
    ) -> ConfigFlowResult:
        # Work that is done at once is shown all the same: Home Assistant would hand the
        # answer to the form before on to the step that follows.
        if self._task is None:
            self._task = self._begin(dry_run=dry_run)
        elif self._task.done():
            return self.async_show_progress_done(next_step_id=following)
        return self.async_show_progress(
            step_id=step, progress_action=step, progress_task=self._task
        )

    def _begin(self, *, dry_run: bool) -> asyncio.Task[Answer]:
        file, mapping = self._file, self._mapping
        if file is None or mapping is None:
            raise RuntimeError("the file comes first")
        request = HistoryRequest(
            rows=lambda noted: table_rows(file, mapping, self.config_entry, noted),
            on_conflict=self._on_conflict,
            dry_run=dry_run,
        )
        return self.hass.async_create_task(
            async_run_import(
                self.hass,
                self.config_entry,
                request,
                language=self.hass.config.language,
            )
        )

    def _answer(self) -> Answer:
        if self._task is None:
            raise RuntimeError("nothing was tried")
        return self._task.result()


def _mapping_schema(header: Sequence[str], site: Installation) -> probatio.Schema:
    columns = pick({name: name for name in header if name})
    # The list shows the values that were chosen, so a device is chosen by its name.
    devices = pick({device.name: device.name for device in site.devices.values()})
    return probatio.Schema(
        {
            probatio.Required("time_column"): columns,
            probatio.Required("stamp"): choice([x.value for x in Stamp], "stamp"),
            probatio.Required("columns"): ObjectSelector(
                ObjectSelectorConfig(
                    fields={
                        "column": {"selector": columns, "required": True},
                        "device": {"selector": devices, "required": True},
                        "quantity": {
                            "selector": choice(list(COUNTERS), "counter"),
                            "required": True,
                        },
                        "unit": {
                            "selector": choice(list(FACTORS), "history_unit"),
                            "required": True,
                        },
                        "meaning": {
                            "selector": choice([x.value for x in Meaning], "meaning"),
                            "required": True,
                        },
                    },
                    multiple=True,
                    label_field="column",
                    description_field="device",
                    translation_key="history_column",
                )
            ),
            probatio.Optional("time_format"): TEXT,
            probatio.Optional("length"): number("s"),
        }
    )


def _guess(header: Sequence[str]) -> dict[str, Any]:
    time = next(
        (x for x in header if any(word in x.lower() for word in _TIME_WORDS)),
        header[0],
    )
    return {"time_column": time, "stamp": Stamp.START.value}


def _plain(said: Mapping[str, Any], site: Installation) -> dict[str, object]:
    """Return what the form says as a mapping is decoded."""
    numbers = {device.name: device.id for device in site.devices.values()}
    return {
        **said,
        "columns": [
            {
                **row,
                "device": numbers.get(row.get("device")),
                "factor": FACTORS[row.get("unit", "base")],
            }
            for row in said.get("columns", ())
        ],
    }


def _listed(problems: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"* {'' if found['row'] is None else found['row']} · {found['message']}"
        for found in problems[:_PROBLEMS_SHOWN]
    )
