"""Charging stations behind one small interface, and those that we read ourselves."""

from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from ..errors import failed
from ..ews.bus.readings import DeviceReport, Reading
from ..ews.catalogue import Model
from ..ews.charging import Action, Charge, Command, StationSpec
from ..ews.charging.inputs import StationReading
from ..ews.charging.settings import StationPlace
from ..ews.charging.specs import spec_of_device
from ..ews.model import Device
from ..ews.model.device import PHASES
from ..ews.quantities import QUANTITIES
from .meters import milliamperes

_FAULT: Final = "fault"
_START: Final = "start"
_PLUGS: Final = {"ev": "ev_plug", "domestic": "domestic_plug"}


class Station(Protocol):
    """One side of a charging station, whoever made it and whoever reads it."""

    @property
    def spec(self) -> StationSpec:
        """What the load management must know of it, as known by now."""

    def read(self, now: datetime) -> StationReading | None:
        """Return its latest reading; None while it is silent."""

    @property
    def energy_milli_wh(self) -> int | None:
        """A counter of delivered energy in mWh, if it has one; it may be reset."""

    @property
    def conductors(self) -> int | None:
        """On how many conductors it charges now; None where that cannot be switched."""

    async def apply(self, command: Command) -> None:
        """Carry out an order; HomeAssistantError where the station has not obeyed."""

    async def switch_phases(self, conductors: int) -> None:
        """Charge on another number of conductors; raises as `apply`."""


class Line(Protocol):
    """What leads to the devices behind a gateway."""

    def report_of(self, device_id: int) -> DeviceReport | None:
        """Return the latest of a device; None while nothing was read."""

    async def async_write(
        self, device_id: int, command: str, value: str | Decimal
    ) -> None:
        """Write a command; HomeAssistantError where the device has not obeyed."""


class GreenUpStation:
    """A side of a Green'Up station on one of our buses."""

    def __init__(
        self,
        device: Device,
        model: Model,
        place: StationPlace,
        line: Line,
    ) -> None:
        """Read and tell ``device`` through ``line``."""
        self.device = device
        self._model = model
        self._place = place
        self._line = line

    @property
    def spec(self) -> StationSpec:
        """What is known of it by now; it may have told its rated current itself."""
        told = self._readings().get("rated_current")
        told_a = None if told is None else int(told.value)
        return spec_of_device(self.device, self._model, self._place, told_a)

    def read(self, now: datetime) -> StationReading | None:
        """Return what the bus has brought."""
        readings = self._readings()
        state = readings.get("charge_state")
        charge = None if state is None else _charge(readings)
        if state is None or charge is None:
            return None
        limit = readings.get("current_limit")
        drawn = self._drawn(readings, charge, limit)
        return StationReading(
            read_at=min([state.read_at, *(x.read_at for x in drawn)]),
            charge=charge,
            drawn_ma=tuple(milliamperes(x.value) for x in drawn),
            limit_a=None if limit is None else int(limit.value),
            is_enabled=_is_plug_enabled(readings),
            is_permitted=_is_permitted(readings),
        )

    @property
    def energy_milli_wh(self) -> int | None:
        """Its counter, or that of the session, which begins anew with each vehicle."""
        readings = self._readings()
        counter = readings.get("active_energy_import") or readings.get("session_energy")
        return None if counter is None else int(counter.value * 1000)

    @property
    def conductors(self) -> int | None:
        """None: nothing is known by which it could be switched."""
        return None

    async def switch_phases(self, conductors: int) -> None:
        """Refuse; nobody asks for what `conductors` does not offer."""
        raise failed("charger_role_missing", name=self.device.name)

    async def apply(self, command: Command) -> None:
        """Write the limit before the permission: none charges with an older limit."""
        if command.action is not Action.STOP:
            limit = Decimal(command.limit_a)
            await self._write("current_limit", limit)
        if command.action is not Action.SET_LIMIT:
            is_start = command.action is Action.START
            await self._write("session_state", _START if is_start else "wait")

    async def _write(self, key: str, value: str | Decimal) -> None:
        await self._line.async_write(self.device.id, key, value)

    def _readings(self) -> dict[str, Reading]:
        report = self._line.report_of(self.device.id)
        return {} if report is None else dict(report.readings)

    def _drawn(
        self, readings: dict[str, Reading], charge: Charge, limit: Reading | None
    ) -> list[Reading]:
        """Return the current of each conductor; its limit where it measures none."""
        names = [f"current_l{n}" for n in PHASES[: self._model.phases]]
        if all(name in readings for name in names):
            return [readings[name] for name in names]
        if charge is not Charge.CHARGING:
            return []
        assumed = limit or Reading(
            quantity="current_limit",
            value=Decimal(self.spec.rated_a),
            read_at=readings["charge_state"].read_at,
        )
        return [assumed] * self._model.phases


def option(readings: dict[str, Reading], state: str) -> str | None:
    """Return the name of a state, None where it was not read."""
    reading = readings.get(state)
    if reading is None:
        return None
    return QUANTITIES[state].options[int(reading.value)]


def _charge(readings: dict[str, Reading]) -> Charge | None:
    if option(readings, "station_state") == _FAULT:
        return Charge.FAULT
    try:
        return Charge(option(readings, "charge_state") or "")
    except ValueError:
        return None


def _is_plug_enabled(readings: dict[str, Reading]) -> bool:
    plug = _PLUGS.get(option(readings, "plug_in_use") or "", "ev_plug")
    return option(readings, plug) != "off"


def _is_permitted(readings: dict[str, Reading]) -> bool | None:
    told = option(readings, "session_state")
    return None if told is None else told == _START
