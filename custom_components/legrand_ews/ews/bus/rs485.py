"""How long a Modbus RTU frame keeps an RS-485 line busy.

Times follow "Modbus over Serial Line" V1.02: a character has 11 bits (start, 8
data, parity, stop; a second stop bit takes the place of the parity bit), and
silences of 3.5 characters part the frames, never less than 1.75 ms.
"""

from dataclasses import dataclass
from typing import Final

from ..model import Parity, SerialLink, TcpLink
from ..model.gateway import DEFAULT_BAUD_RATE

REQUEST_CHARACTERS: Final = 8
"""Unit, function, address (2), count (2), CRC (2)."""
REPLY_CHARACTERS: Final = 5
"""Unit, function, byte count, CRC (2); two more for each register."""
_SHORTEST_SILENCE_S: Final = 0.00175


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Speed of a serial line; ``turnaround_s`` is how long a device thinks."""

    baud_rate: int = DEFAULT_BAUD_RATE
    character_bits: int = 11
    turnaround_s: float = 0.02

    @property
    def character_s(self) -> float:
        """Seconds that one character takes: 0.573 ms at 19200 8E1."""
        return self.character_bits / self.baud_rate

    @property
    def silence_s(self) -> float:
        """Seconds of silence between two frames."""
        return max(3.5 * self.character_s, _SHORTEST_SILENCE_S)

    def read_s(self, words: int) -> float:
        """Seconds from the start of a read of ``words`` registers to the next.

        Request, turnaround, reply and both silences.
        """
        return self.frames_s(words) + 2 * self.silence_s + self.turnaround_s

    def frames_s(self, words: int) -> float:
        """Seconds that request and reply of such a read take by themselves."""
        characters = REQUEST_CHARACTERS + REPLY_CHARACTERS + 2 * words
        return characters * self.character_s

    def unanswered_s(self, timeout_s: float) -> float:
        """Seconds that a request costs which nobody answers."""
        return REQUEST_CHARACTERS * self.character_s + timeout_s

    @property
    def word_s(self) -> float:
        """Seconds that one more register costs."""
        return 2 * self.character_s


def line_of(link: TcpLink | SerialLink, turnaround_s: float = 0.02) -> Line:
    """Return the line behind a link.

    The speed behind a TCP gateway is the gateway's affair; the manual's default,
    19200 8E1, is taken for it.
    """
    match link:
        case TcpLink():
            return Line(turnaround_s=turnaround_s)
        case SerialLink():
            bits = 9 + link.stop_bits + (link.parity is not Parity.NONE)
            return Line(
                baud_rate=link.baud_rate,
                character_bits=bits,
                turnaround_s=turnaround_s,
            )


def patience_s(link: TcpLink | SerialLink, timeout_ms: int, words: int) -> float:
    """Return how long a reply of ``words`` registers may take to arrive.

    ``timeout_ms`` is the device's time to begin its reply; on a serial port of our
    own the frames add theirs, 2 s for a full one at 1200 bit/s. A TCP gateway has
    its own clock and timeout.
    """
    timeout_s = timeout_ms / 1000
    if isinstance(link, TcpLink):
        return timeout_s
    return timeout_s + line_of(link, turnaround_s=0).read_s(words)
