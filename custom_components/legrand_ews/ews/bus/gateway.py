"""One RS-485 bus behind a gateway: who is read when (design section 5).

One request is in flight at a time, and every request takes its turn by urgency
(``line``). A cycle reads counters at a sample edge first, then fast values, normal
ones, settings and harmonics, and asks silent devices in the time that is left
(``silence``).
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
import logging
from typing import Final

from ..catalogue import Catalogue
from ..errors import BusError, ConfigurationError, GatewayUnreachableError
from ..model import Device, Gateway
from .assembly import UnitFor, assemble
from .fast import FastWatch, OnReadings
from .fetching import Clock
from .harmonics import Harmonics, read_harmonics
from .health import Health, is_framed_by_length, probe_of
from .line import BusLine, Rank
from .listening import Listener
from .modbus import ModbusUnit
from .points import PULSE_QUANTITY, MeterPoint, Point
from .profile import EVERYTHING, Profile, Scope
from .reader import DeviceReader
from .readings import GatewayReport, Reading
from .reporting import Reporter
from .rs485 import line_of, patience_s
from .scan import OnProgress, ScanResult, scan
from .schedule import LONGEST_CYCLE, jobs_due
from .silence import may_probe
from .terminal import Terminal
from .traffic import Traffic
from .writing import WriteResult, command_of, look, raw_of, send

_LOGGER = logging.getLogger(__name__)

_IDLE: Final = timedelta(seconds=60)
_IDENTIFY_DELAY: Final = timedelta(seconds=1)
_TOGETHER: Final = timedelta(milliseconds=250)
"""Silent devices that fall due one after the other are asked in one cycle."""
_FAST_TRIES: Final = 3
"""Failures of a fast read in a row until its device is taken for silent."""


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
        self._catalogue = catalogue
        self._unit_for = unit_for
        self._clock = clock
        self._traffic = Traffic()
        self._in_cycle = asyncio.Lock()
        self._cycle_began = (clock(), clock())
        """When the cycle is said to have begun, and the clock at that moment."""
        self._probed_at: datetime | None = None
        self.line = BusLine()

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
                bus_line=self.line,
                is_ours_to_wait=not is_framed_by_length(gateway),
            )

        readable = devices if gateway.is_enabled else ()
        assembly = assemble(readable, catalogue, unit_for, reader_for)
        self._terminals = assembly.terminals
        self._health = Health(gateway, assembly.terminals)
        self._listener = Listener(self._health, self._traffic, clock)
        self._reporter = Reporter(
            gateway=gateway,
            devices=tuple(devices),
            terminals=tuple(assembly.terminals),
            errors=assembly.errors,
            traffic=self._traffic,
        )

    async def cycle(self, now: datetime) -> GatewayReport:
        """Read what is due, for about two seconds; `next_due` tells of the rest.

        Faults end in the report, never in an error.
        """
        async with self._in_cycle:
            self._cycle_began = (now, self._clock())
            if self._health.retry_at is None:
                await self._work()
            elif now >= self._health.retry_at:
                await self._try_gateway()
            return self._reporter.report(
                self._clock(), is_reachable=self._health.retry_at is None
            )

    def next_due(self, now: datetime) -> timedelta:
        """Return how long there is nothing to do; zero when something is due."""
        if self._health.retry_at is not None:
            due = self._health.retry_at
        elif self._health.is_suspect:
            due = now
        else:
            due = min(self._work_due_at(now), self._probe_due_at(now))
            if any(terminal.is_stranger for terminal in self._terminals):
                due = min(due, now + _IDENTIFY_DELAY)
            if (pause := self._listener.due_in()) is not None:
                due = min(due, now + pause)
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
        for terminal in self._health.live:
            terminal.counters_due = True
            terminal.make_slow_due()

    @property
    def are_counters_due(self) -> bool:
        """Whether requested counters still wait for their turn."""
        is_reachable = self._health.retry_at is None
        return is_reachable and any(t.counters_due for t in self._health.live)

    def forget_backoff(self) -> None:
        """Try silent devices anew with the next cycle."""
        self._health.forget()

    async def write(
        self, device_id: int, command_key: str, value: str | Decimal
    ) -> WriteResult:
        """Send an order to a device, before all reads, and look whether it did it.

        ``value`` is an option's name, or a number in the command's unit. Raises
        ConfigurationError for what cannot be written (``writing.command_of``,
        ``writing.raw_of``), BusError ``write_refused`` or ``write_not_confirmed``,
        and the errors of silence. KeyError for a device that is not read here.
        """
        terminal, point = self._place_of(device_id)
        command = command_of(point.device, self._catalogue, command_key)
        raw = raw_of(command, value)
        await send(terminal.reader, command, raw)
        poll = await look(terminal.reader, command, value, raw)
        shown = None
        if poll is not None:
            self._health.keep(terminal, poll)
            reading = poll.readings.get((command.read_back or "", None))
            shown = None if reading is None else reading.value
        return WriteResult(
            device_id=device_id,
            command=command_key,
            value=value,
            at=self._clock(),
            shown=shown,
        )

    async def read_harmonics(self, device_id: int) -> Harmonics:
        """Read a device's harmonics rank by rank, after everything that is due.

        Raises as ``harmonics.read_harmonics``, and ConfigurationError
        ``device_not_read`` for a device that is switched off or incomplete.
        """
        try:
            terminal, point = self._place_of(device_id)
        except KeyError:
            raise ConfigurationError("device_not_read", field="device") from None
        if not isinstance(point, MeterPoint):
            raise ConfigurationError("harmonics_unknown", field="device")
        return await read_harmonics(terminal.reader, self._clock)

    async def scan(
        self, first: int, last: int, progress: OnProgress | None = None
    ) -> ScanResult:
        """Look for devices between the reads of this bus (see ``scan.scan``)."""
        return await scan(
            self._unit_for,
            self._catalogue,
            first,
            last,
            progress,
            timeout_ms=self._gateway.timeout_ms,
            link=self._gateway.link,
            bus_line=self.line,
        )

    def watch_fast(
        self,
        device_id: int,
        quantities: Iterable[str],
        interval: timedelta,
        on_readings: OnReadings | None = None,
    ) -> FastWatch:
        """Read a few quantities of a device every ``interval``, before all others.

        The watch runs beside the cycle until its ``stop``; its values appear in
        the reports too. A device that fails is left to the cycle until it answers
        again. KeyError for a device that is not read on this bus.
        """
        terminal, point = self._place_of(device_id)
        own = (
            point.supplied(quantity, terminal.reader)
            if isinstance(point, MeterPoint)
            else PULSE_QUANTITY
            for quantity in quantities
        )
        scope = Scope(quantities=frozenset(own))
        failures = 0

        async def read() -> Mapping[str, Reading] | None:
            nonlocal failures
            if self._health.retry_at is not None or terminal.retry_at is not None:
                return None
            if not terminal.latest:
                return None
            try:
                poll = await terminal.reader.poll(scope, Rank.FAST)
            except GatewayUnreachableError as error:
                self._health.gateway_failed(error, self._clock())
                return None
            except BusError as error:
                failures += 1
                if failures >= _FAST_TRIES:
                    failures = 0
                    await self._health.fell_silent(terminal, error, self._clock())
                return None
            failures = 0
            self._health.keep(terminal, poll)
            return point.readings_of(terminal.reader, poll.readings)

        return FastWatch(read, interval, on_readings)

    def _now(self) -> datetime:
        """Now, as the caller of the cycle counts time."""
        said, measured = self._cycle_began
        return said + (self._clock() - measured)

    def _work_due_at(self, now: datetime) -> datetime:
        return min((t.due_at(now) for t in self._health.live), default=now + _IDLE)

    def _probe_due_at(self, now: datetime) -> datetime:
        silent = [t for t in self._terminals if t.retry_at is not None]
        first = min(silent, key=lambda t: t.retry_at or now, default=None)
        work = self._work_due_at(now)
        if first is None or first.retry_at is None:
            return work
        due = max(first.retry_at, now)
        # What does not fit in before the work waits for it.
        return due if due + probe_of(first) <= work else max(due, work)

    def _place_of(self, device_id: int) -> tuple[Terminal, Point]:
        for terminal in self._terminals:
            for point in terminal.points:
                if point.device.id == device_id:
                    return terminal, point
        raise KeyError(device_id)

    async def _try_gateway(self) -> None:
        """Knock with the unit that has waited longest; then read everything."""
        terminal = min(self._terminals, key=lambda t: t.waiting_since)
        try:
            await self._knock(terminal)
        except GatewayUnreachableError as error:
            self._health.gateway_failed(error, self._now())
            return
        self._health.gateway_answers(terminal)
        await self._work()

    async def _work(self) -> None:
        end = self._clock() + LONGEST_CYCLE
        try:
            await self._read_due(end)
            await self._listener.listen(self._now)
            await self._ask_everybody(end)
            await self._probe_silent(end)
            await self._identify()
        except GatewayUnreachableError as error:
            self._health.gateway_failed(error, self._now())

    async def _read_due(self, end: datetime) -> None:
        for job in jobs_due(self._terminals, self._now()):
            if self._health.is_suspect or self._clock() >= end:
                break
            if job.terminal.retry_at is None:
                await self._poll(job.terminal, job.scope, job.rank)

    async def _ask_everybody(self, end: datetime) -> None:
        """Ask all where two in a row were silent, and not only when each is due.

        The first answer shows that the bus is well.
        """
        for terminal in sorted(self._health.live, key=lambda t: t.waiting_since):
            if not self._health.is_suspect or self._clock() >= end:
                break
            await self._knock(terminal)

    async def _probe_silent(self, end: datetime) -> None:
        """Ask silent units, who has waited longest first, while there is time."""
        while True:
            now = self._now()
            silent = [
                terminal
                for terminal in self._terminals
                if terminal.retry_at is not None
                and terminal.retry_at <= now + _TOGETHER
            ]
            if not silent:
                return
            terminal = min(silent, key=lambda t: t.waiting_since)
            if not may_probe(
                now,
                probe=probe_of(terminal),
                due_at=self._work_due_at(now),
                probed_at=self._probed_at,
            ):
                return
            was_mute = not self._health.live
            await self._knock(terminal)
            self._probed_at = self._now()
            if was_mute and terminal.retry_at is None:
                # The bus itself was down: the first answer brings everybody back.
                self.forget_backoff()
                await self._read_due(end)
                await self._ask_everybody(end)
            if self._clock() >= end:
                return

    async def _knock(self, terminal: Terminal) -> None:
        """Probe a unit that was silent and read it whole if it is there again."""
        terminal.tried_at = self._now()
        try:
            await terminal.reader.probe()
        except GatewayUnreachableError:
            raise
        except BusError as error:
            self._health.failed(terminal, error, self._now())
            return
        await self._poll(terminal, EVERYTHING, Rank.NORMAL)

    async def _poll(self, terminal: Terminal, scope: Scope, rank: Rank) -> None:
        now = terminal.tried_at = self._now()
        if scope.counters:
            # Whoever asks for counters while they are read asks for later ones.
            terminal.counters_due = False
        try:
            poll = await terminal.reader.poll(scope, rank)
        except GatewayUnreachableError:
            raise
        except BusError as error:
            await self._health.fell_silent(terminal, error, self._now())
            return
        self._health.keep(terminal, poll)
        terminal.error = poll.error.key if poll.error is not None else None
        terminal.was_read(scope, now, poll)
        self._health.answered(terminal)

    async def _identify(self) -> None:
        """Ask one unit a cycle who it is; nothing waits for the answer."""
        for terminal in self._terminals:
            if terminal.is_stranger:
                terminal.is_identified = True
                try:
                    terminal.identity = await terminal.reader.identify()
                except GatewayUnreachableError:
                    raise
                except BusError:
                    pass
                return
