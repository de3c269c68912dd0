"""What a counter holds that is not yet in a sample, as text that outlives a reload.

As long as a counter goes on, the difference to where it was booked last is enough. A
counter that is reset or exchanged leaves what it had shown since then here only.
"""

from dataclasses import dataclass
from datetime import datetime
import json
from typing import Final, TypedDict

from .counters import Candidate, Change, CorrectionKind, CounterTrack

_ENCODE: Final = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A reset or an exchange that was found at ``at`` without being told of one."""

    change: Change
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCount:
    """A counter's course, and what it has counted since it was booked.

    ``kinds`` is what the journal tells of the open interval.
    """

    track: CounterTrack
    amount_milli: int
    kinds: frozenset[CorrectionKind]
    guess: Guess | None

    def to_text(self) -> str:
        """Return it as JSON."""
        content: _Content = {
            "value": self.track.value_milli,
            "read_at": self.track.read_at.isoformat(),
            "amount": self.amount_milli,
            "kinds": sorted(self.kinds),
            "candidate": None,
            "guess": None,
        }
        if (seen := self.track.candidate) is not None:
            content["candidate"] = {
                "first": seen.first_milli,
                "value": seen.value_milli,
                "read_at": seen.read_at.isoformat(),
                "counted": seen.counted_milli,
                "readings": seen.readings,
                "is_reset": seen.is_reset,
            }
        if self.guess is not None:
            change = self.guess.change
            content["guess"] = {
                "at": self.guess.at.isoformat(),
                "kind": change.kind.value,
                "before": change.before_milli,
                "after": change.after_milli,
                "booked": change.booked_milli,
            }
        return _ENCODE(content)

    @classmethod
    def of_text(cls, text: str) -> OpenCount:
        """Return what `to_text` has written."""
        content: _Content = json.loads(text)
        seen, found = content["candidate"], content["guess"]
        candidate = guess = None
        if seen is not None:
            candidate = Candidate(
                first_milli=seen["first"],
                value_milli=seen["value"],
                read_at=datetime.fromisoformat(seen["read_at"]),
                counted_milli=seen["counted"],
                readings=seen["readings"],
                is_reset=seen["is_reset"],
            )
        if found is not None:
            change = Change(
                kind=CorrectionKind(found["kind"]),
                before_milli=found["before"],
                after_milli=found["after"],
                booked_milli=found["booked"],
            )
            guess = Guess(change=change, at=datetime.fromisoformat(found["at"]))
        return cls(
            track=CounterTrack(
                value_milli=content["value"],
                read_at=datetime.fromisoformat(content["read_at"]),
                candidate=candidate,
            ),
            amount_milli=content["amount"],
            kinds=frozenset(CorrectionKind(kind) for kind in content["kinds"]),
            guess=guess,
        )


class _Candidate(TypedDict):
    first: int
    value: int
    read_at: str
    counted: int
    readings: int
    is_reset: bool


class _Guess(TypedDict):
    at: str
    kind: str
    before: int
    after: int
    booked: int


class _Content(TypedDict):
    value: int
    read_at: str
    amount: int
    kinds: list[str]
    candidate: _Candidate | None
    guess: _Guess | None
