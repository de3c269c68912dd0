"""The installation as a file: the actions that write it and that apply one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import slugify
import probatio

from ..catalogue import async_get_catalogue
from ..const import STORAGE_FOLDER
from ..errors import failed, invalid
from ..ews.charging.settings import encode_settings
from ..ews.inventory import (
    CHARGING,
    Change,
    FileFormat,
    Inventory,
    Part,
    Plan,
    dialect_of,
    plan,
    read,
    write,
)
from ..ews.model import (
    Charger,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    PanelBoard,
    PredefinedLoad,
)
from ..ews.model.charger_codec import encode_charger
from ..ews.model.codec import (
    Plain,
    encode_device,
    encode_gateway,
    encode_load,
    encode_part,
)
from ..files.export_view import BOM, async_hand_out
from ..files.imported import async_worded, own_file
from ..flows.texts import async_with_load_names
from ..greenup.stored import OPTION_CHARGING, charging_settings
from ..installation import (
    CONF_NEXT_IDS,
    OPTION_PREDEFINED_LOADS,
    SUBENTRY_TYPES,
    installation_of,
    subentry_of,
    subentry_unique_id,
)
from ..runtime import EwsConfigEntry

EXPORT_FIELDS: Final[VolDictType] = {
    probatio.Optional("format", default=FileFormat.CSV.value): probatio.In(
        [x.value for x in FileFormat]
    )
}
IMPORT_FIELDS: Final[VolDictType] = {
    probatio.Optional("content"): str,
    probatio.Optional("file"): str,
    probatio.Optional("dry_run", default=False): bool,
    probatio.Optional("remove_missing", default=False): bool,
}

_MOST_TRIES: Final = 3


async def async_export_installation(
    hass: HomeAssistant, entry: EwsConfigEntry, file_format: FileFormat
) -> dict[str, Any]:
    """Write the installation into a file; return its place, an address, its content.

    The address can be opened for an hour. Spreadsheets expect the separators of Home
    Assistant's language.
    """
    catalogue = await async_get_catalogue(hass)
    site = await async_with_load_names(hass, installation_of(hass, entry))
    name = f"{slugify(entry.title)}-{entry.entry_id[-6:].lower()}.{file_format}"
    dialect = dialect_of(hass.config.language)
    settings = charging_settings(entry)
    answer = await async_hand_out(
        hass,
        name,
        lambda: write(site, catalogue, file_format, dialect, settings),
        mark=BOM if file_format is FileFormat.CSV else "",
    )
    left_out = settings.meter is not None and file_format is FileFormat.CSV
    return {**answer, "left_out": [CHARGING] if left_out else []}


async def async_import_installation(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: Mapping[str, Any],
    *,
    language: str,
) -> dict[str, Any]:
    """Apply a file, all of it or nothing, and say what it changes and what is wrong.

    With ``dry_run`` nothing is changed. Raises ServiceValidationError where there is
    no file to read.
    """
    inventory = await _async_read(hass, request)
    made = await _async_plan(
        hass, entry, inventory, remove_missing=request["remove_missing"]
    )
    is_left_out = inventory.charging is None and charging_settings(entry).meter
    is_applied = made.is_possible and not request["dry_run"]
    if is_applied:
        _apply(hass, entry, made)
    return {
        "problems": await async_worded(hass, made.problems, language),
        "added": len(made.added),
        "changed": len(made.changed) + (made.charging is not None),
        "removed": len(made.removed),
        "applied": is_applied,
        "left_out": [CHARGING] if is_left_out else [],
    }


async def _async_read(hass: HomeAssistant, request: Mapping[str, Any]) -> Inventory:
    content: str | None = request.get("content")
    file: str | None = request.get("file")
    if content is not None and file is None:
        return await hass.async_add_executor_job(read, content)
    if file is None or content is not None:
        raise invalid("import_source")

    def read_file() -> Inventory | None:
        path = own_file(hass, file)
        return None if path is None else read(path.read_bytes())

    try:
        inventory = await hass.async_add_executor_job(read_file)
    except OSError as error:
        raise invalid("import_file_unreadable", file=file) from error
    if inventory is None:
        raise invalid("import_file_missing", file=file, folder=STORAGE_FOLDER)
    return inventory


async def _async_plan(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    inventory: Inventory,
    *,
    remove_missing: bool,
) -> Plan:
    """Compare the file with what is stored; again, should that change meanwhile."""
    catalogue = await async_get_catalogue(hass)
    for _ in range(_MOST_TRIES):
        before = _stored(entry)
        site = await async_with_load_names(hass, installation_of(hass, entry))

        def compare(site: Installation = site) -> Plan:
            counters = entry.data.get(CONF_NEXT_IDS, {})
            return plan(
                inventory,
                site,
                catalogue,
                counters,
                charging=charging_settings(entry),
                remove_missing=remove_missing,
            )

        made = await hass.async_add_executor_job(compare)
        if _stored(entry) == before:
            return made
    raise failed("import_disturbed")


type Stored = tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, ConfigSubentry]]


def _stored(entry: EwsConfigEntry) -> Stored:
    return entry.data, entry.options, entry.subentries


@callback
def _apply(hass: HomeAssistant, entry: EwsConfigEntry, made: Plan) -> None:
    """Store everything without giving way to anything else; or leave all as it was.

    Removals come last: Home Assistant forgets what it knew of an object with it.
    """
    before = _stored(entry)
    try:
        _set_counters_and_options(hass, entry, made)
        for change in made.added:
            hass.config_entries.async_add_subentry(entry, _new_subentry(change))
        for change in made.changed:
            _update(hass, entry, change)
        for change in made.removed:
            subentry = subentry_of(entry, change.kind, change.part.id)
            if subentry is not None:
                hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    except Exception:
        _restore(hass, entry, before)
        raise


@callback
def _set_counters_and_options(
    hass: HomeAssistant, entry: EwsConfigEntry, made: Plan
) -> None:
    options = dict(entry.options)
    chosen = dict(options.get(OPTION_PREDEFINED_LOADS, {}))
    for change in made.changed:
        match change.part:
            case Load(key=PredefinedLoad() as key, color=color, is_enabled=enabled):
                chosen[key.value] = {"enabled": enabled, "color": color}
            case _:
                pass
    if chosen:
        options[OPTION_PREDEFINED_LOADS] = chosen
    if made.charging is not None:
        options[OPTION_CHARGING] = encode_settings(made.charging)
    data = {**entry.data, CONF_NEXT_IDS: dict(made.next_ids)}
    hass.config_entries.async_update_entry(entry, data=data, options=options)


@callback
def _update(hass: HomeAssistant, entry: EwsConfigEntry, change: Change) -> None:
    subentry = subentry_of(entry, change.kind, change.part.id)
    if subentry is not None:  # a predefined load is an option, not a subentry
        hass.config_entries.async_update_subentry(
            entry, subentry, data=_encoded(change.part), title=change.part.name
        )


def _new_subentry(change: Change) -> ConfigSubentry:
    return ConfigSubentry(
        data=MappingProxyType(_encoded(change.part)),
        subentry_type=SUBENTRY_TYPES[change.kind],
        title=change.part.name,
        unique_id=subentry_unique_id(change.kind, change.part.id),
    )


def _encoded(part: Part) -> dict[str, Plain]:
    match part:
        case Gateway():
            return encode_gateway(part)
        case Device():
            return encode_device(part)
        case Charger():
            return encode_charger(part)
        case Load():
            return encode_load(part)
        case MeasureGroup() | PanelBoard():
            return encode_part(part)


@callback
def _restore(hass: HomeAssistant, entry: EwsConfigEntry, before: Stored) -> None:
    data, options, subentries = before
    for key in entry.subentries.keys() - subentries.keys():
        hass.config_entries.async_remove_subentry(entry, key)
    for key, subentry in subentries.items():
        present = entry.subentries.get(key)
        if present is None:
            hass.config_entries.async_add_subentry(entry, subentry)
        elif present != subentry:
            hass.config_entries.async_update_subentry(
                entry, present, data=subentry.data, title=subentry.title
            )
    hass.config_entries.async_update_entry(entry, data=data, options=options)
