"""Faults on demand: of a gateway, of the way to a unit, and of a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
import math
from typing import Final, Self


class FaultKind(StrEnum):
    """What can go wrong; counters and meters have functions of their own."""

    SILENT = "silent"
    """No answer: of one unit, or of the gateway, which still accepts."""
    EXCEPTION = "exception"
    """The unit answers Modbus exception ``code``."""
    WRONG_UNIT = "wrong_unit"
    """The reply carries the next unit's number."""
    TRUNCATED = "truncated"
    """Only the first half of the reply arrives."""
    DELAYED = "delayed"
    """The reply comes ``seconds`` late; the line is busy meanwhile."""
    FLAPPING = "flapping"
    """Silent for ``seconds``, well for ``seconds``, in turn."""


NEEDS_SECONDS: Final = frozenset({FaultKind.DELAYED, FaultKind.FLAPPING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault; ``replies`` is how many replies it spoils, None for all.

    Raises ValueError where a number does not fit the kind.
    """

    kind: FaultKind
    code: int = 0x04
    seconds: float = 0.0
    replies: int | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not 1 <= self.code <= 0xFF:
            raise ValueError("an exception code is 1 to 255")
        if not math.isfinite(self.seconds) or self.seconds < 0:
            raise ValueError("seconds must be 0 or more")
        if self.kind in NEEDS_SECONDS and self.seconds == 0:
            raise ValueError(f"{self.kind} needs seconds")
        if self.replies is not None and self.replies < 1:
            raise ValueError("replies must be 1 or more")

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Read ``{"kind": ..., "code"?, "seconds"?, "replies"?}``."""
        unknown = set(data) - {"kind", "code", "seconds", "replies"}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        code, replies = data.get("code", 0x04), data.get("replies")
        seconds = data.get("seconds", 0.0)
        if not isinstance(code, int) or not isinstance(seconds, int | float):
            raise ValueError("code and seconds must be numbers")  # noqa: TRY004
        if replies is not None and not isinstance(replies, int):
            raise ValueError("replies must be a number")
        return cls(
            kind=FaultKind(str(data.get("kind"))),
            code=code,
            seconds=float(seconds),
            replies=replies,
        )


@dataclass(slots=True)
class ActiveFault:
    """A fault in force since ``since`` (seconds of any steady clock)."""

    fault: Fault
    since: float
    spoilt: int = 0

    def strikes(self, now: float) -> bool:
        """Whether it hits a reply now."""
        if self.fault.replies is not None and self.spoilt >= self.fault.replies:
            return False
        if self.fault.kind is FaultKind.FLAPPING:
            return int((now - self.since) / self.fault.seconds) % 2 == 0
        return True
