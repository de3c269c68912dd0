"""The correction journal as it is asked for: which span, which devices, which units."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from custom_components.legrand_ews.ews.consumption import (
    CorrectionQuery,
    answer_corrections,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.metering import Correction, CorrectionKind
from custom_components.legrand_ews.ews.timegrid import Span

from ..archive.samples import PARIS, utc


def correction(device_id: int, at: str, **more: object) -> Correction:
    known = {
        "quantity": "active_energy_import",
        "kind": CorrectionKind.RESET,
        "before_milli": 9_000_500,
        "after_milli": 250,
        "booked_milli": 250,
    }
    return Correction(device_id=device_id, at=utc(at), **(known | more))  # type: ignore[arg-type]


JOURNAL = (
    correction(1, "2026-03-29T01:00"),
    correction(
        5,
        "2026-03-30T01:00",
        quantity="gas_volume",
        kind=CorrectionKind.ROLL_OVER,
        before_milli=999_999_000,
        after_milli=1_000,
        booked_milli=2_000,
    ),
    correction(1, "2026-03-31T01:00", kind=CorrectionKind.REJECTED, booked_milli=0),
)
"""The earliest first, as the archive tells it."""


def asked(request: dict[str, object]) -> tuple[list[Span], list[object]]:
    """For which spans the archive was asked, and what was answered."""
    spans = []

    def journal(span: Span) -> Sequence[Correction]:
        spans.append(span)
        return JOURNAL

    query = CorrectionQuery.from_request(request, PARIS)
    return spans, answer_corrections(query, journal).as_dict()["corrections"]


def test_an_entry_is_told_in_the_unit_of_its_quantity() -> None:
    _, (rejected, rolled_over, reset) = asked({})
    assert reset == {
        "at": "2026-03-29T01:00:00+00:00",
        "device": 1,
        "quantity": "active_energy_import",
        "kind": "reset",
        "before": 9000.5,
        "after": 0.25,
        "booked": 0.25,
        "unit": "Wh",
    }
    assert rolled_over == {
        "at": "2026-03-30T01:00:00+00:00",
        "device": 5,
        "quantity": "gas_volume",
        "kind": "roll_over",
        "before": 999_999,
        "after": 1,
        "booked": 2,
        "unit": "dm³",
    }
    assert (rejected["at"], rejected["booked"]) == ("2026-03-31T01:00:00+00:00", 0)  # type: ignore[index]


@pytest.mark.parametrize(
    ("devices", "expected"),
    [(None, [1, 5, 1]), ([1], [1, 1]), ([5, 1], [1, 5, 1]), ([7], []), ([], [])],
)
def test_only_what_is_asked_for_is_told(
    devices: list[int] | None, expected: list[int]
) -> None:
    _, found = asked({} if devices is None else {"devices": devices})
    assert [entry["device"] for entry in found] == expected  # type: ignore[index]


@pytest.mark.parametrize(
    ("request_", "start", "end"),
    [
        # The day on which the clock is set forward has 23 hours; it is included.
        (
            {"start": "2026-03-29", "end": "2026-03-29"},
            "2026-03-28T23:00",
            "2026-03-29T22:00",
        ),
        (
            {"start": "2026-03-29T12:00:00+02:00", "end": "2026-03-29T12:30:00+02:00"},
            "2026-03-29T10:00",
            "2026-03-29T10:30",
        ),
    ],
)
def test_days_include_the_last_one_and_instants_do_not(
    request_: dict[str, object], start: str, end: str
) -> None:
    spans, _ = asked(request_)
    assert spans == [Span(utc(start), utc(end))]


def test_an_end_that_is_left_out_is_open() -> None:
    ((since,), _) = asked({"start": "2026-03-29"})
    ((until,), _) = asked({"end": "2026-03-29"})
    assert since.start == utc("2026-03-28T23:00")
    assert since.end > datetime(2100, 1, 1, tzinfo=UTC)
    assert until.end == utc("2026-03-29T22:00")
    assert until.start < datetime(2000, 1, 1, tzinfo=UTC)


def test_an_end_before_the_start_is_refused_at_its_field() -> None:
    for end in ("2026-03-28", "2026-03-29T00:00:00+01:00"):
        with pytest.raises(ConfigurationError) as caught:
            asked({"start": "2026-03-29", "end": end})
        assert (caught.value.key, caught.value.field) == ("end_not_after_start", "end")
