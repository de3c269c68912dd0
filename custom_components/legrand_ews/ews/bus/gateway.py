"""One RS-485 bus behind a gateway: who is read when (design section 5).

One request is in flight at a time. Counters at a sample edge go first, then fast
values, then normal ones, then settings and harmonics, and at last one probe of a
device that has been silent: it never delays its neighbours by more than that.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
import logging
from typing import Final, NamedTuple

from ..catalogue import Cadence, Catalogue
from ..errors import BusError, GatewayUnreachableError
from ..model import Device, Gateway, TcpLink
from .assembly import UnitFor, assemble
from .backoff import FIRST_DELAY
from .fetching import Clock
from .modbus import ModbusUnit, UnansweredError
from .points import Point
from .profile import EVERYTHING, Profile, Scope
from .reader import DeviceReader
from .readings import DeviceReport, DeviceStatus, GatewayReport, Reading
from .rs485 import line_of, patience_s
from .terminal import Terminal
from .traffic import Traffic

_LOGGER = logging.getLogger(__name__)

RETRY_DELAY: Final = FIRST_DELAY
"""How often a gateway, or a bus on which nobody answers, is tried again."""
LONGEST_CYCLE: Final = timedelta(seconds=2)
"""After that a cycle reports what it has; the rest follows in the next one."""
_IDLE: Final = timedelta(seconds=60)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_IDENTIFY_DELAY: Final = timedelta(seconds=1)
_COUNTERS: Final = Scope(counters=True)


class _Rank(IntEnum):
    """Order of work within a cycle."""

    COUNTERS = 0
    FAST = 1
    NORMAL = 2
    SLOW = 3
    PROBE = 4


class _Job(NamedTuple):
    rank: _Rank
    since: datetime
    order: int
    terminal: Terminal
    scope: Scope


class GatewayBus:
    """Reads every device behind one gateway by its cadence.

    ``clock`` tells the time of a reading, the ``now`` of the methods decides what
    is due; both in UTC.
    """

    def __init__(
        self,
        gateway: Gateway,
        devices: Sequence[Device],
        catalogue: Catalogue,
        unit_for: UnitFor,
        clock: Clock,
    ) -> None:
        self._gateway = gateway
        self._devices = tuple(devices)
        self._clock = clock
        self._traffic = Traffic()
        self._in_cycle = asyncio.Lock()
        self._retry_at: datetime | None = None
        """Set while the gateway is unreachable."""
        self._mute_retry_at: datetime | None = None
        """Set while nobody on the bus answers."""

        def reader_for(unit: ModbusUnit, profile: Profile) -> DeviceReader:
            return DeviceReader(
                unit,
                profile,
                line=line_of(gateway.link),
                timeout_s=patience_s(
                    gateway.link, gateway.timeout_ms, profile.register_map.max_words
                ),
                clock=clock,
                traffic=self._traffic,
            )

        readable = devices if gateway.is_enabled else ()
        assembly = assemble(readable, catalogue, unit_for, reader_for)
        self._terminals = assembly.terminals
        self._errors: Mapping[int, str] = assembly.errors

    async def cycle(self, now: datetime) -> GatewayReport:
        """Read what is due, for about two seconds; `next_due` tells of the rest.

        Faults end in the report, never in an error.
        """
        async with self._in_cycle:
            if self._retry_at is None:
                await self._work(now)
            elif now >= self._retry_at:
                await self._try_gateway(now)
            return self._report(self._clock())

    def next_due(self, now: datetime) -> timedelta:
        """Return how long there is nothing to do; zero when something is due."""
        if self._retry_at is not None:
            due = self._retry_at
        elif self._is_mute and self._mute_retry_at is not None:
            due = self._mute_retry_at
        else:
            due = min(
                (self._due_at(terminal, now) for terminal in self._terminals),
                default=now + _IDLE,
            )
            if any(map(_is_stranger, self._terminals)):
                due = min(due, now + _IDENTIFY_DELAY)
        return max(due - now, timedelta())

    def lease(self, device_ids: Iterable[int], until: datetime) -> None:
        """Read these devices every 5 s up to ``until``: somebody looks at them."""
        wanted = set(device_ids)
        for terminal in self._terminals:
            if wanted.isdisjoint(point.device.id for point in terminal.points):
                continue
            if terminal.leased_until is None or terminal.leased_until < until:
                terminal.leased_until = until

    def request_counters(self) -> None:
        """Read every counter first thing in the next cycle: a sample ends now.

        Settings, maxima and harmonics follow in the same cycle: once a sample.
        """
        for terminal in self._terminals:
            if terminal.back_off is None:
                terminal.counters_due = True
                terminal.make_slow_due()

    @property
    def are_counters_due(self) -> bool:
        """Whether requested counters still wait for their turn."""
        is_reachable = self._retry_at is None and not self._is_mute
        return is_reachable and any(
            t.counters_due and t.back_off is None for t in self._terminals
        )

    def forget_backoff(self) -> None:
        """Try silent devices anew with the next cycle."""
        self._mute_retry_at = None
        for terminal in self._terminals:
            terminal.back_off = None

    @property
    def _is_mute(self) -> bool:
        return bool(self._terminals) and all(t.back_off for t in self._terminals)

    @staticmethod
    def _due_at(terminal: Terminal, now: datetime) -> datetime:
        if terminal.back_off is not None:
            return terminal.back_off.until
        return terminal.due_at(now)

    async def _try_gateway(self, now: datetime) -> None:
        """Knock with the unit that has waited longest; then read everything."""
        terminal = self._longest_untried()
        self._retry_at = None
        try:
            await self._knock(terminal, now)
        except GatewayUnreachableError:
            self._retry_at = now + RETRY_DELAY
            return
        _LOGGER.info("Gateway %s answers again", self._gateway.name)
        for other in self._terminals:
            if other is not terminal:
                other.back_off = None
        await self._work(now)

    async def _work(self, now: datetime) -> None:
        try:
            if self._is_mute:
                await self._listen(now)
            else:
                await self._read_due(now)
                await self._identify()
        except GatewayUnreachableError as error:
            self._goes_down(error, now)

    async def _listen(self, now: datetime) -> None:
        """Nobody answers: try one unit after the other, whatever its back-off.

        The bus itself may be down (its wiring, a gateway that accepts connections
        and no more); the first answer brings everybody back.
        """
        if self._mute_retry_at is not None and now < self._mute_retry_at:
            return
        self._mute_retry_at = now + RETRY_DELAY
        terminal = self._longest_untried()
        await self._knock(terminal, now)
        if terminal.back_off is None:
            self.forget_backoff()
            await self._read_due(now)

    async def _read_due(self, now: datetime) -> None:
        end = self._clock() + LONGEST_CYCLE
        for job in sorted(self._jobs(now)):
            if self._clock() >= end:
                break
            if job.terminal.back_off is None:
                await self._poll(job.terminal, job.scope, now)
        silent = [
            terminal
            for terminal in self._terminals
            if terminal.back_off is not None and terminal.back_off.until <= now
        ]
        if silent:
            await self._knock(min(silent, key=_waiting_since), now)

    def _jobs(self, now: datetime) -> Iterable[_Job]:
        for order, terminal in enumerate(self._terminals):
            if terminal.back_off is not None:
                continue
            due = terminal.due_cadences(now)
            since = terminal.due_at(now)
            counters = False if terminal.counters_due else None
            if not terminal.latest:
                # Settings tell how to scale values: both at once to begin with, and
                # before others come round again on a bus that cannot keep up.
                if due:
                    yield _Job(_Rank.NORMAL, _LONG_AGO, order, terminal, EVERYTHING)
                continue
            if terminal.counters_due:
                yield _Job(_Rank.COUNTERS, now, order, terminal, _COUNTERS)
            for rank, cadences in (
                (_Rank.FAST, due & {Cadence.FAST}),
                (_Rank.NORMAL, due & {Cadence.NORMAL}),
                (_Rank.SLOW, due & {Cadence.SLOW}),
            ):
                if cadences:
                    scope = Scope(cadences=cadences, counters=counters)
                    yield _Job(rank, since, order, terminal, scope)

    async def _knock(self, terminal: Terminal, now: datetime) -> None:
        """Probe a unit that was silent and read it whole if it is there again."""
        terminal.tried_at = now
        try:
            await terminal.reader.probe()
        except GatewayUnreachableError:
            raise
        except BusError as error:
            self._failed(terminal, error, now)
            return
        await self._poll(terminal, EVERYTHING, now)

    async def _poll(self, terminal: Terminal, scope: Scope, now: datetime) -> None:
        terminal.tried_at = now
        if scope.counters:
            # Whoever asks for counters while they are read asks for later ones.
            terminal.counters_due = False
        try:
            poll = await terminal.reader.poll(scope)
        except GatewayUnreachableError:
            raise
        except BusError as error:
            await self._reset_link(terminal, error)
            self._failed(terminal, error, now)
            return
        for key in poll.gone:
            terminal.latest.pop(key, None)
        terminal.latest.update(poll.readings)
        terminal.error = poll.error.key if poll.error is not None else None
        terminal.was_read(scope, now)
        if terminal.answered():
            _LOGGER.info("%s: %s answers again", self._gateway.name, terminal.name)

    async def _reset_link(self, terminal: Terminal, error: BusError) -> None:
        """Begin anew after an unexpected silence on Modbus TCP.

        Half a reply would take the head of the neighbour's reply for its tail. RTU
        frames have a check sum and find their way back by themselves.
        """
        link = self._gateway.link
        is_framed_by_length = isinstance(link, TcpLink) and not link.is_rtu
        is_unexpected = isinstance(error, UnansweredError) and not terminal.is_down
        if is_framed_by_length and is_unexpected:
            await terminal.reader.drop_link()

    def _failed(self, terminal: Terminal, error: BusError, now: datetime) -> None:
        was_mute = self._is_mute
        if terminal.failed(error.key, now):
            _LOGGER.warning(
                "%s: %s (address %d) does not answer: %s",
                self._gateway.name,
                terminal.name,
                terminal.unit,
                error,
            )
        if self._is_mute and not was_mute:
            self._mute_retry_at = now + RETRY_DELAY

    def _goes_down(self, error: BusError, now: datetime) -> None:
        self._retry_at = now + RETRY_DELAY
        self._mute_retry_at = None
        for terminal in self._terminals:
            terminal.forget_values()
            terminal.is_identified = False
        _LOGGER.warning("Gateway %s is not reachable: %s", self._gateway.name, error)

    async def _identify(self) -> None:
        """Ask one unit a cycle who it is; nothing waits for the answer."""
        for terminal in self._terminals:
            if _is_stranger(terminal):
                terminal.is_identified = True
                try:
                    terminal.identity = await terminal.reader.identify()
                except GatewayUnreachableError:
                    raise
                except BusError:
                    pass
                return

    def _longest_untried(self) -> Terminal:
        return min(self._terminals, key=_waiting_since)

    def _report(self, at: datetime) -> GatewayReport:
        reports = {device.id: self._unread(device, at) for device in self._devices}
        for terminal in self._terminals:
            for point in terminal.points:
                reports[point.device.id] = self._read(terminal, point, at)
        return GatewayReport(
            gateway_id=self._gateway.id,
            at=at,
            is_reachable=self._gateway.is_enabled and self._retry_at is None,
            round_trip_ms=self._traffic.round_trip_ms(),
            error_rate=self._traffic.error_rate(at),
            bus_load=self._traffic.bus_load(at),
            devices=reports,
        )

    def _unread(self, device: Device, at: datetime) -> DeviceReport:
        error = self._errors.get(device.id)
        status = DeviceStatus.OFF if error is None else DeviceStatus.CONFIGURATION
        return DeviceReport(device_id=device.id, at=at, status=status, error=error)

    def _read(self, terminal: Terminal, point: Point, at: datetime) -> DeviceReport:
        status = DeviceStatus.COMMUNICATION_ERROR
        error = terminal.error
        readings: Mapping[str, Reading] = {}
        if self._retry_at is not None:
            error = "gateway_unreachable"
        elif terminal.has_answered and not terminal.is_down:
            readings = point.readings_of(terminal.reader, terminal.latest)
            if readings:
                status = DeviceStatus.ON
            else:
                error = error or "device_without_values"
        return DeviceReport(
            device_id=point.device.id,
            at=at,
            status=status,
            readings=readings,
            error=error,
            identity=terminal.identity,
        )


def _waiting_since(terminal: Terminal) -> tuple[bool, datetime, int]:
    tried = terminal.tried_at
    return tried is not None, tried or _LONG_AGO, terminal.unit


def _is_stranger(terminal: Terminal) -> bool:
    """Whether it could tell who it is and has not been asked yet."""
    return (
        not terminal.is_identified
        and terminal.has_answered
        and terminal.back_off is None
        and bool(terminal.reader.profile.register_map.identity)
    )
