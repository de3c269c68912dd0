"""Who on a bus answers, who does not, and when it is tried again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
import logging

from ..errors import BusError, DeviceSilentError
from ..model import Gateway, TcpLink
from .modbus import UnansweredError
from .polling import Poll
from .silence import RETRY_DELAY, SUSPICIOUS, refusal_delay, retry_delay
from .terminal import Terminal

_LOGGER = logging.getLogger(__name__)


class Health:
    """Faults of a gateway and of the units behind it; instants in UTC.

    ``retry_at`` is set while the gateway is unreachable.
    """

    def __init__(self, gateway: Gateway, terminals: Sequence[Terminal]) -> None:
        """Begin without a fault."""
        self.retry_at: datetime | None = None
        self._gateway = gateway
        self._terminals = tuple(terminals)
        self._unexpected = 0
        """Devices that fell silent one after the other, nobody answering between."""

    @property
    def live(self) -> list[Terminal]:
        """Units that answered when they were asked last, or were not asked yet."""
        return [t for t in self._terminals if t.retry_at is None]

    @property
    def is_suspect(self) -> bool:
        """Whether so many fell silent in a row that it may be the bus itself."""
        return self._unexpected >= SUSPICIOUS and bool(self.live)

    def forget(self) -> None:
        """Try silent units anew."""
        self._unexpected = 0
        for terminal in self._terminals:
            terminal.retry_at = None

    def heard(self) -> None:
        """Note that somebody answers on this bus."""
        self._unexpected = 0

    def keep(self, terminal: Terminal, poll: Poll) -> None:
        """Keep what a unit has answered."""
        self._unexpected = 0
        for key in poll.gone:
            terminal.latest.pop(key, None)
        terminal.latest.update(poll.readings)
        terminal.answers += 1

    def answered(self, terminal: Terminal) -> None:
        """Note that a unit answers."""
        if terminal.answered():
            _LOGGER.info("%s: %s answers again", self._gateway.name, terminal.name)

    async def fell_silent(
        self, terminal: Terminal, error: BusError, now: datetime
    ) -> None:
        """Note a failure, and begin anew after an unexpected silence on Modbus TCP.

        Half a reply would take the head of the neighbour's reply for its tail. RTU
        frames have a check sum and find their way back by themselves.
        """
        is_unexpected = isinstance(error, UnansweredError) and not terminal.is_down
        if is_framed_by_length(self._gateway) and is_unexpected:
            await terminal.reader.drop_link()
        self.failed(terminal, error, now)

    def failed(self, terminal: Terminal, error: BusError, now: datetime) -> None:
        """Note a failure; the unit is tried again when ``silence`` says."""
        delay = RETRY_DELAY
        if not isinstance(error, DeviceSilentError):
            self._unexpected = 0
            terminal.refusals += 1
            delay = refusal_delay(terminal.refusals)
        elif terminal.is_down or terminal.retry_at is not None:
            silent = len(self._terminals) - len(self.live)
            delay = retry_delay(silent, probe_of(terminal))
        elif terminal.has_answered:
            self._unexpected += 1
        is_bus_fault = self._unexpected > SUSPICIOUS
        if terminal.failed(error.key, now + delay, is_confirmed=is_bus_fault):
            _LOGGER.warning(
                "%s: %s (address %d) does not answer: %s",
                self._gateway.name,
                terminal.name,
                terminal.unit,
                error,
            )

    def gateway_failed(self, error: BusError, now: datetime) -> None:
        """Note that the gateway cannot be reached: nothing behind it is known."""
        if self.retry_at is None:
            _LOGGER.warning(
                "Gateway %s is not reachable: %s", self._gateway.name, error
            )
        self.retry_at = now + RETRY_DELAY
        for terminal in self._terminals:
            terminal.forget_values()
            terminal.is_identified = False

    def gateway_answers(self, but: Terminal) -> None:
        """Note that the gateway is back: everybody ``but`` the one just asked is due."""
        self.retry_at = None
        _LOGGER.info("Gateway %s answers again", self._gateway.name)
        for other in self._terminals:
            if other is not but:
                other.retry_at = None


def probe_of(terminal: Terminal) -> timedelta:
    """Return what a question costs that the unit does not answer."""
    return timedelta(seconds=terminal.reader.probe_s)


def is_framed_by_length(gateway: Gateway) -> bool:
    """Whether it speaks Modbus TCP and waits for its units by its own clock."""
    link = gateway.link
    return isinstance(link, TcpLink) and not link.is_rtu
