"""The load management in a file: what is said of it, and what that changes.

Circuits have numbers of their own; stations and the meter are called by their names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from ..charging import ExternalLimit, Fallback, Sharing, Solar, StationWish
from ..charging.config import MAIN
from ..charging.settings import (
    NUMBERS,
    ChargingSettings,
    Feeder,
    MeterSource,
    Scope,
    StationPlace,
)
from ..charging.wish_settings import TIMES, WishSettings
from ..model import Installation
from ..model.device import PHASES
from .references import Directory
from .rows import RowProblem, Said
from .said import SaidReader

_FLAGS: Final = {"enabled": "is_enabled", "hard_limit": "has_hard_limit"}
_CHOICES: Final = {
    "scope": Scope,
    "sharing": Sharing,
    "fallback": Fallback,
    "last_resort": Fallback,
}
_ENTITIES: Final = ("grid_entity", "external_entity")
_WISHES: Final = ("voltage_v", "grid_reserve_w", *TIMES)
_KNOWN: Final = frozenset(
    {
        *NUMBERS,
        *_FLAGS,
        *_CHOICES,
        *_ENTITIES,
        *_WISHES,
        *("meter", "circuits", "stations", "external"),
    }
)
_OF_METER: Final = frozenset({"device", "sensors", "phases"})
_OF_CIRCUIT: Final = frozenset(
    {"id", "name", "maximum_a", "charging_a", "meter", "inside"}
)
_OF_STATION: Final = frozenset(
    {
        *("station", "circuit", "rated_a", "lag_s"),
        *("solar", "price_limit", "can_switch_phases"),
    }
)


def describe_charging(
    settings: ChargingSettings, site: Installation
) -> dict[str, object]:
    """Return what a file says of the load management; nothing where there is none."""
    settings = known_of(settings, site)
    if settings == ChargingSettings():
        return {}
    names = Directory({**site.devices, **site.chargers})
    wishes = settings.wishes
    external = wishes.external
    return {
        **{at: getattr(settings, name) for at, name in _FLAGS.items()},
        **{at: getattr(settings, at).value for at in _CHOICES},
        "meter": _meter_data(settings.meter, names),
        **{at: getattr(settings, at) for at in NUMBERS},
        "circuits": [
            {
                "id": feeder.id,
                "name": feeder.name,
                "maximum_a": feeder.maximum_a,
                "charging_a": feeder.charging_a,
                "meter": _meter_data(feeder.meter, names),
                "inside": feeder.parent_id,
            }
            for feeder in settings.feeders
        ],
        "stations": [
            {
                "station": names.label(number),
                **_place_data(settings.places.get(number)),
                **_wish_data(wishes.stations.get(number)),
            }
            for number in sorted({*settings.places, *wishes.stations})
        ],
        **{at: getattr(settings, at) for at in _ENTITIES},
        "external": None
        if external is None
        else {"safe_a": external.safe_a, "timeout_s": external.timeout_s},
        **{at: getattr(wishes, at) for at in _WISHES},
    }


def known_of(settings: ChargingSettings, site: Installation) -> ChargingSettings:
    """Return the settings without what they say of stations that are gone."""
    numbers = site.devices.keys() | site.chargers.keys()
    places = {x: y for x, y in settings.places.items() if x in numbers}
    stations = {x: y for x, y in settings.wishes.stations.items() if x in numbers}
    return replace(
        settings,
        places=MappingProxyType(places),
        wishes=replace(settings.wishes, stations=MappingProxyType(stations)),
    )


def read_charging(
    said: Said, stored: ChargingSettings, site: Installation
) -> tuple[ChargingSettings, list[RowProblem], Mapping[str, int]]:
    """Return the settings as a file wants them, what is wrong with it, and its lines.

    What it does not speak of stays as ``stored``; ``site`` has the stations afterwards.
    Lines are by the fields of ``check_config``.
    """
    reader = _Reader(said, site)
    settings = reader.settings(stored)
    return settings, reader.problems, reader.lines


class _Reader(SaidReader):
    def __init__(self, said: Said, site: Installation) -> None:
        super().__init__("charging")
        self._said = said
        self._names = Directory({**site.devices, **site.chargers})
        self._devices = site.devices
        self.lines: dict[str, int] = {"": said.line}

    def settings(self, stored: ChargingSettings) -> ChargingSettings:
        part = self.part(self._said, "", _KNOWN)
        for at, said in part.items():
            self.lines[at] = said.line
        simple: dict[str, Any] = {
            **{x: self.whole(part, x, getattr(stored, x)) for x in NUMBERS},
            **{
                name: self.flag(part, at, getattr(stored, name))
                for at, name in _FLAGS.items()
            },
            **{
                at: self.choice(part, at, kind, getattr(stored, at))
                for at, kind in _CHOICES.items()
            },
            **{x: self.text(part, x, getattr(stored, x)) for x in _ENTITIES},
        }
        places, stations = self._stations(part, stored)
        wishes = {x: self.whole(part, x, getattr(stored.wishes, x)) for x in _WISHES}
        return replace(
            stored,
            **simple,
            meter=self._meter(part, "meter", stored.meter),
            feeders=self._circuits(part, stored.feeders),
            places=MappingProxyType(places),
            wishes=WishSettings(
                **wishes,
                external=self._external(part, stored.wishes.external),
                stations=MappingProxyType(stations),
            ),
        )

    def _meter(
        self, part: Mapping[str, Said], at: str, stored: MeterSource | None
    ) -> MeterSource | None:
        said = part.get(at)
        if said is None:
            return stored
        if said.value is None:
            return None
        own = self.part(said, at, _OF_METER)
        phases = self.wholes(own, "phases", PHASES)
        if (
            not phases
            or not set(phases) <= set(PHASES)
            or len(set(phases)) < len(phases)
        ):
            self.note(own["phases"], "phases", "station_phases_wrong")
            return stored
        sensors = self.texts(own, "sensors")
        if sensors:
            if len(sensors) != len(phases):
                self.note(own["sensors"], "sensors", "charging_sensor_count")
                return stored
            return MeterSource(entity_ids=sensors, phases=phases)
        name = self.text(own, "device", None)
        number = None if name is None else self._names.find(name)
        if number in self._devices:
            return MeterSource(device_id=number, phases=phases)
        if stored is not None and name == f"#{stored.device_id}":
            return stored  # its device is gone, and nobody has changed that
        self.note(own.get("device", said), "device", "import_reference_unknown", name)
        return stored

    def _circuits(
        self, part: Mapping[str, Said], stored: tuple[Feeder, ...]
    ) -> tuple[Feeder, ...]:
        known = {x.id: x for x in stored}
        seen: set[int] = set()
        for said, row in self.parts(part, "circuits", _OF_CIRCUIT):
            name = self.text(row, "name", None)
            same = [x.id for x in known.values() if x.name == name]
            new = max(known, default=MAIN) + 1
            number = self.whole(row, "id", same[0] if same else new)
            if number in seen or number == MAIN:
                self.note(said, "circuits", "charging_number_taken", number)
                continue
            seen.add(number)
            former = known.get(number) or Feeder(
                id=number, name="", maximum_a=0, charging_a=0
            )
            feeder = Feeder(
                id=number,
                name=name or former.name,
                maximum_a=self.whole(row, "maximum_a", former.maximum_a),
                charging_a=self.whole(row, "charging_a", former.charging_a),
                meter=self._meter(row, "meter", former.meter),
                parent_id=self.whole(row, "inside", former.parent_id),
            )
            if not feeder.name:
                self.note(said, "name", "name_required")
            known[number] = feeder
            self.lines[f"feeders.{number}"] = said.line
        return tuple(known[x] for x in sorted(known))

    def _stations(
        self, part: Mapping[str, Said], stored: ChargingSettings
    ) -> tuple[dict[int, StationPlace], dict[int, StationWish]]:
        places, wishes = dict(stored.places), dict(stored.wishes.stations)
        for said, row in self.parts(part, "stations", _OF_STATION):
            name = self.text(row, "station", None)
            number = None if name is None else self._names.find(name)
            if number is None:
                at = row.get("station", said)
                self.note(at, "station", "import_reference_unknown", name)
                continue
            self.lines[f"stations.{number}"] = said.line
            if row.keys() & _place_data(StationPlace()).keys():
                places[number] = self._place(row, places.get(number, StationPlace()))
            if row.keys() & _wish_data(StationWish()).keys():
                wishes[number] = self._wish(row, wishes.get(number, StationWish()))
        return places, wishes

    def _place(self, row: Mapping[str, Said], stored: StationPlace) -> StationPlace:
        rated_a = stored.rated_a
        if (said := row.get("rated_a")) is not None:
            rated_a = None if said.value is None else self.whole(row, "rated_a", 0)
        return StationPlace(
            circuit_id=self.whole(row, "circuit", stored.circuit_id),
            rated_a=rated_a,
            lag_s=self.whole(row, "lag_s", stored.lag_s),
        )

    def _wish(self, row: Mapping[str, Said], stored: StationWish) -> StationWish:
        return StationWish(
            solar=self.choice(row, "solar", Solar, stored.solar),
            price_limit=self.decimal(row, "price_limit", stored.price_limit),
            can_switch_phases=self.flag(
                row, "can_switch_phases", stored.can_switch_phases
            ),
        )

    def _external(
        self, part: Mapping[str, Said], stored: ExternalLimit | None
    ) -> ExternalLimit | None:
        said = part.get("external")
        if said is None:
            return stored
        if said.value is None:
            return None
        row = self.part(said, "external", frozenset({"safe_a", "timeout_s"}))
        former = stored or ExternalLimit(safe_a=0)
        return ExternalLimit(
            safe_a=self.whole(row, "safe_a", former.safe_a),
            timeout_s=self.whole(row, "timeout_s", former.timeout_s),
        )


def _meter_data(meter: MeterSource | None, names: Directory) -> object:
    if meter is None:
        return None
    phases = list(meter.phases)
    if meter.device_id is None:
        return {"sensors": list(meter.entity_ids), "phases": phases}
    return {"device": names.label(meter.device_id), "phases": phases}


def _place_data(place: StationPlace | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        "circuit": place.circuit_id,
        "rated_a": place.rated_a,
        "lag_s": place.lag_s,
    }


def _wish_data(wished: StationWish | None) -> dict[str, object]:
    if wished is None:
        return {}
    limit = wished.price_limit
    return {
        "solar": wished.solar.value,
        "price_limit": None if limit is None else f"{limit:f}",
        "can_switch_phases": wished.can_switch_phases,
    }


def line_of(field: str, lines: Mapping[str, int]) -> int:
    """Return the line that speaks of a field of ``check_config``."""
    parts = field.split(".")
    places: Iterable[str] = (field, ".".join(parts[:2]), parts[0], "")
    return next(lines[x] for x in places if x in lines)
