"""What is known of the charging stations of other integrations (``presets.yaml``)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, Final

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.yaml import load_yaml_dict

from ..ews.charging import Charge
from ..ews.model import ChargerRole
from ..ews.model.charger import DEFAULT_REPORT_S

OTHER: Final = "other"
_FILE: Final = "presets.yaml"
_KEY: HassKey[Mapping[str, Preset]] = HassKey("legrand_ews_charger_presets")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What an integration calls things; everything is a proposal.

    ``roles`` are by role and domain the ends of names, the best first. ``states`` say
    what the words of its state mean.
    """

    key: str
    title: str
    domain: str | None
    source: str
    report_s: int
    roles: Mapping[ChargerRole, Mapping[str, Sequence[str]]]
    states: Mapping[str, str]
    start_options: Sequence[str] = ()
    stop_options: Sequence[str] = ()
    one_phase_options: Sequence[str] = ()
    all_phases_options: Sequence[str] = ()
    stops_at_zero: bool = False


async def async_presets(hass: HomeAssistant) -> Mapping[str, Preset]:
    """Return all presets by key; the file is read once."""
    if _KEY not in hass.data:
        path = str(__file__).removesuffix("presets.py") + _FILE
        data = await hass.async_add_executor_job(load_yaml_dict, path)
        hass.data[_KEY] = {x["key"]: _preset(x) for x in data["presets"]}
    return hass.data[_KEY]


def entities_of(
    hass: HomeAssistant, preset: Preset, device_id: str
) -> dict[ChargerRole, str]:
    """Return the entities of a registered device that a preset knows, by role."""
    entries = er.async_entries_for_device(er.async_get(hass), device_id)
    return {
        role: found.entity_id
        for role, domains in preset.roles.items()
        if (found := _best(entries, domains)) is not None
    }


def option_among(state: State | None, known: Iterable[str]) -> str:
    """Return the first of the known options that a list offers, else nothing."""
    offered = () if state is None else state.attributes.get("options") or ()
    return next((x for x in known if x in offered), "")


def _best(
    entries: Sequence[er.RegistryEntry], domains: Mapping[str, Sequence[str]]
) -> er.RegistryEntry | None:
    for domain, ends in domains.items():
        own = [x for x in entries if x.domain == domain]
        for end in ends:
            # "current" is meant before "circuit_current".
            by_name = sorted(own, key=lambda x: x.translation_key != end)
            for entry in by_name:
                if any(_ends(name, end) for name in _names(entry)):
                    return entry
    return None


def _names(entry: er.RegistryEntry) -> Iterable[str]:
    object_id = entry.entity_id.partition(".")[2]
    unique_id = _plain(str(entry.unique_id)).removesuffix(f"_{entry.domain}")
    return (_plain(entry.translation_key or ""), unique_id, object_id)


def _ends(name: str, end: str) -> bool:
    return name == end or name.endswith(f"_{end}")


def _plain(name: str) -> str:
    return _NO_LETTER.sub("_", name.lower()).strip("_")


def _preset(row: Mapping[str, Any]) -> Preset:
    return Preset(
        key=row["key"],
        title=row["title"],
        domain=row.get("domain"),
        source=row["source"],
        report_s=row.get("report_s", DEFAULT_REPORT_S),
        roles={ChargerRole(x): y for x, y in row["roles"].items()},
        states={
            str(word): Charge(charge).value
            for charge, words in row["words"].items()
            for word in words
        },
        start_options=row.get("start_options", ()),
        stop_options=row.get("stop_options", ()),
        one_phase_options=row.get("one_phase_options", ()),
        all_phases_options=row.get("all_phases_options", ()),
        stops_at_zero=row.get("stops_at_zero", False),
    )
