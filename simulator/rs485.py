"""How long frames take on an RS-485 line.

Source: Modbus over serial line, specification and implementation guide V1.02,
2.5.1.1: a character is a start bit, 8 data bits, parity if any, stop bits; a
frame ends with 3.5 characters of silence, above 19 200 bit/s with 1.75 ms.
"""

from dataclasses import dataclass
from typing import Final

from custom_components.legrand_ews.ews.model import Parity

_FIXED_SILENCE_ABOVE_BAUD: Final = 19_200
_FIXED_SILENCE_S: Final = 0.001_75


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Settings of one RS-485 line; 19 200 8E1 is the usual default (S28)."""

    baud_rate: int = 19_200
    parity: Parity = Parity.EVEN
    stop_bits: int = 1

    @property
    def character_bits(self) -> int:
        """Bits of one character: 11 with parity or two stop bits."""
        return 1 + 8 + (self.parity is not Parity.NONE) + self.stop_bits

    @property
    def character_s(self) -> float:
        """Seconds that one character takes."""
        return self.character_bits / self.baud_rate

    @property
    def silence_s(self) -> float:
        """Seconds of silence that end a frame."""
        if self.baud_rate > _FIXED_SILENCE_ABOVE_BAUD:
            return _FIXED_SILENCE_S
        return 3.5 * self.character_s

    def frame_s(self, length: int) -> float:
        """Seconds for a frame of ``length`` bytes and the silence after it."""
        return length * self.character_s + self.silence_s

    def exchange_s(self, request: int, reply: int, turnaround_s: float) -> float:
        """Seconds from the first bit of a request to the end of its reply.

        ``request`` and ``reply`` are lengths of RTU frames in bytes, address
        and check sum included; ``turnaround_s`` is the device's thinking time.
        The line is free for the next request afterwards.
        """
        return self.frame_s(request) + turnaround_s + self.frame_s(reply)


def read_frame_lengths(words: int) -> tuple[int, int]:
    """Bytes of the RTU request and reply that read ``words`` registers."""
    return 8, 5 + 2 * words
