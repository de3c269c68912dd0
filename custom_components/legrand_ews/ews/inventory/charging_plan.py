"""What a file would change in the load management, and whether that makes sense."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..catalogue import Catalogue
from ..charging import check_config, check_wishes
from ..charging.settings import ChargingSettings, MeterSource
from ..charging.specs import config_in, is_station
from ..model import Installation
from ..model.problems import Problem, problem
from .load_management import known_of, line_of, read_charging
from .rows import RowProblem, Said, at_row

_CURRENT: Final = "current_l1"
_NAMES: Final = {
    "feeders": "circuits",
    "parent_id": "inside",
    "circuit_id": "circuit",
}
"""What the parts of a field are called in a file, where that differs."""
_OF_SITE: Final = {"circuit_unknown": "circuit", "phase_not_measured": "phases"}
"""What a charger's own row has to do with the load management, by its columns."""


def plan_charging(
    said: Said | None,
    before: ChargingSettings,
    sites: tuple[Installation, Installation],
    catalogue: Catalogue,
    chargers: Mapping[int, int],
    *,
    remove_missing: bool,
) -> tuple[ChargingSettings | None, list[RowProblem]]:
    """Return the settings as they are to be stored, None for no change, and problems.

    ``sites`` are the installation before and after, ``chargers`` the rows that describe
    chargers, by number. What was wrong before is no fault of the file.
    """
    settings = before
    problems: list[RowProblem] = []
    lines: Mapping[str, int] = {}
    if said is not None:
        base = ChargingSettings() if remove_missing else before
        settings, problems, lines = read_charging(said, base, sites[1])
    known = {_mark(x) for x in _problems_of(before, sites[0], catalogue)}
    for found in _problems_of(settings, sites[1], catalogue):
        if _mark(found) not in known:
            problems += _placed(found, lines, chargers)
    is_same = known_of(settings, sites[1]) == known_of(before, sites[1])
    return (None if is_same else settings), problems


def _placed(
    found: Problem, lines: Mapping[str, int], chargers: Mapping[int, int]
) -> Iterator[RowProblem]:
    """Yield a problem at the row of its charger, or at the line that speaks of it."""
    part, _, rest = found.field.partition(".")
    number = int(rest.partition(".")[0]) if part == "stations" else 0
    if number in chargers:
        if found.key in _OF_SITE:  # all else was held against the rules of chargers
            yield at_row(chargers[number], found, _OF_SITE[found.key])
    elif lines:
        names = [_NAMES.get(x, x) for x in ("charging", *found.field.split("."))]
        yield at_row(line_of(found.field, lines), found, ".".join(names))


def _problems_of(
    settings: ChargingSettings, site: Installation, catalogue: Catalogue
) -> Iterator[Problem]:
    config = config_in(site, catalogue, settings)
    if config is None:
        return
    for circuit, meter in settings.meters.items():
        if not _is_meter(meter, site, catalogue):
            at = f"feeders.{circuit}.meter" if circuit else "meter"
            device = site.devices.get(meter.device_id or 0)
            name = "–" if device is None else device.name
            yield problem(at, "charging_meter_unsuited", name=name)
    yield from check_config(config)
    yield from check_wishes(settings.wishes, config)


def _is_meter(meter: MeterSource, site: Installation, catalogue: Catalogue) -> bool:
    """Whether a device can tell currents; sensors are Home Assistant's business."""
    if meter.device_id is None:
        return bool(meter.entity_ids)
    device = site.devices.get(meter.device_id)
    if device is None or device.model is None or device.model not in catalogue.models:
        return False
    model = catalogue.model_of(device.model, device.parameters)
    return not is_station(model) and _CURRENT in model.quantities


def _mark(found: Problem) -> tuple[str, str]:
    return found.field, found.key
