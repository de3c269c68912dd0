"""Bookings that the archive has refused, in files: they outlive a restart.

A file holds one booking and is named after the first and the last interval in it, so
that of a merged booking and its parts only the whole counts, whenever the process
was killed. Every file is there whole or not at all.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
import json
import os
from pathlib import Path
from typing import Any, Final

from ..metering import (
    Booking,
    Correction,
    CorrectionKind,
    CounterState,
    HarmonicSample,
    OpenCount,
    Quality,
    Sample,
    Statistic,
)

_SUFFIX: Final = ".json"
_SPOILT: Final = ".spoilt"

type Numbers = tuple[int, int]
"""The first and the last interval of a booking."""


class Spool:
    """A folder of bookings that wait."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when something has to wait."""
        self._folder = folder

    def save(self, numbers: Numbers, booking: Booking) -> None:
        """Keep a booking; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(numbers)
        part = path.with_suffix(".part")
        try:
            with part.open("w", encoding="utf-8") as file:
                json.dump(_content(booking), file, separators=(",", ":"))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def drop(self, numbers: Numbers) -> None:
        """Let go of a booking that is stored, and of what was merged into it."""
        self.drop_parts(numbers)
        with suppress(OSError):
            self._path(numbers).unlink(missing_ok=True)
            # Stays as long as there is anything in it.
            self._folder.rmdir()

    def drop_parts(self, numbers: Numbers) -> None:
        """Let go of what was merged into a booking that is kept now."""
        if numbers[0] == numbers[1]:
            return
        for part in list(self._numbers()):
            if _is_within(part, numbers):
                with suppress(OSError):
                    self._path(part).unlink(missing_ok=True)

    def load(self) -> Iterator[tuple[Numbers, Booking]]:
        """What waits, the oldest first. A file that is spoilt is put aside.

        Parts of what was merged still count where the whole is spoilt.
        """
        found: dict[Numbers, Booking] = {}
        for numbers in sorted(self._numbers(), key=_width, reverse=True):
            if any(_is_within(numbers, whole) for whole in found):
                self.drop(numbers)
            elif (booking := self._read(numbers)) is not None:
                found[numbers] = booking
        for numbers in sorted(found):
            yield numbers, found[numbers]

    def _read(self, numbers: Numbers) -> Booking | None:
        path = self._path(numbers)
        try:
            return _booking(json.loads(path.read_text(encoding="utf-8")))
        except OSError, ValueError, LookupError, TypeError, AttributeError:
            with suppress(OSError):
                path.replace(path.with_suffix(_SPOILT))
            return None

    def _numbers(self) -> Iterator[Numbers]:
        for path in self._folder.glob(f"*{_SUFFIX}"):
            first, _, last = path.stem.partition("-")
            if first.isdecimal() and last.isdecimal():
                yield int(first), int(last)

    def _path(self, numbers: Numbers) -> Path:
        first, last = numbers
        return self._folder / f"{first:09}-{last:09}{_SUFFIX}"


def _width(numbers: Numbers) -> int:
    return numbers[1] - numbers[0]


def _is_within(part: Numbers, whole: Numbers) -> bool:
    return part != whole and whole[0] <= part[0] and part[1] <= whole[1]


def _content(booking: Booking) -> dict[str, list[list[object]]]:
    return {
        "samples": [
            [
                sample.device_id,
                sample.start.isoformat(),
                sample.length.total_seconds(),
                sample.quality.value,
                dict(sample.amounts_milli),
                dict(sample.statistics),
            ]
            for sample in booking.samples
        ],
        "counters": [
            [
                state.device_id,
                state.quantity,
                state.value_milli,
                state.read_at.isoformat(),
                state.booked_until.isoformat(),
                state.open_count and state.open_count.to_text(),
            ]
            for state in booking.counter_states
        ],
        "corrections": [
            [
                correction.device_id,
                correction.quantity,
                correction.at.isoformat(),
                correction.kind.value,
                correction.before_milli,
                correction.after_milli,
                correction.booked_milli,
            ]
            for correction in booking.corrections
        ],
        "harmonics": [
            [
                sample.device_id,
                sample.series,
                sample.start.isoformat(),
                sample.length.total_seconds(),
                list(sample.shares_milli.items()),
            ]
            for sample in booking.harmonics
        ],
    }


def _booking(content: dict[str, list[list[Any]]]) -> Booking:
    return Booking(
        samples=tuple(
            Sample(
                device_id=device_id,
                start=datetime.fromisoformat(start),
                length=timedelta(seconds=length),
                quality=Quality(quality),
                amounts_milli=amounts,
                statistics={key: Statistic(*its) for key, its in statistics.items()},
            )
            for device_id, start, length, quality, amounts, statistics in content[
                "samples"
            ]
        ),
        counter_states=tuple(
            CounterState(
                device_id=device_id,
                quantity=quantity,
                value_milli=value,
                read_at=datetime.fromisoformat(read_at),
                booked_until=datetime.fromisoformat(until),
                open_count=OpenCount.of_text(count) if count else None,
            )
            for device_id, quantity, value, read_at, until, count in content["counters"]
        ),
        corrections=tuple(
            Correction(
                device_id=device_id,
                quantity=quantity,
                at=datetime.fromisoformat(at),
                kind=CorrectionKind(kind),
                before_milli=before,
                after_milli=after,
                booked_milli=booked,
            )
            for device_id, quantity, at, kind, before, after, booked in content[
                "corrections"
            ]
        ),
        harmonics=tuple(
            HarmonicSample(
                device_id=device_id,
                series=series,
                start=datetime.fromisoformat(start),
                length=timedelta(seconds=length),
                shares_milli=dict(shares),
            )
            # A file of an earlier release has none.
            for device_id, series, start, length, shares in content.get("harmonics", ())
        ),
    )
