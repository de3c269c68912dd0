"""What a charging session costs follows from its pieces and the tariffs, always anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import (
    Books,
    ChargedSessions,
    Metered,
    SessionQuery,
)
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.metering.charged import (
    ChargedSession,
    SessionEnd,
)
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings

from ..archive.samples import utc
from ..consumption.building import BUILDING, open_archive
from ..tariffs.plans import plan, rule
from .priced import priced, settings_of

KWH = 1_000_000
QUARTER = timedelta(minutes=15)
# In Paris it is 11:00 then.
TEN = utc("2026-03-15T10:00")
NIGHT_AND_DAY = (rule(1, "22:00", "05:59"), rule(2))


def session(*pieces_kwh: int, start: str = "2026-03-15T10:00") -> ChargedSession:
    began = utc(start)
    end = began + len(pieces_kwh) * QUARTER
    return ChargedSession(
        device_id=31,
        side=1,
        start=began,
        until=end,
        end=end,
        reason=SessionEnd.FINISHED,
        charge_mah=48_900,
        pieces_milli_wh=tuple(x * KWH for x in pieces_kwh),
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def log_of(archive: Archive, settings: BillingSettings) -> ChargedSessions:
    metered = Metered(
        installation=BUILDING, directory=Directory(BUILDING), archive=archive
    )
    books = Books(settings, BUILDING.zone)
    return ChargedSessions(lambda: metered, lambda: books)


FREE = BillingSettings(currency="EUR")


@pytest.mark.parametrize(
    ("charged", "cost"),
    [
        (session(1, 2), "6"),  # by day: 2 a kWh
        # 20:45 to 21:15 UTC is 21:45 to 22:15 in Paris in winter
        (session(1, 1, start="2026-03-15T20:45"), "3"),
        (session(0, 0), "0"),
        (session(), "0"),
        # The clock goes from 2:00 to 3:00 on 29 March: night ends at 4:00 UTC.
        (session(1, 1, start="2026-03-29T03:45"), "3"),
        # Over New Year: 23:45 to 0:15 by night.
        (session(3, 4, start="2026-12-31T22:45"), "7"),
    ],
)
def test_each_piece_costs_what_its_time_costs(
    archive: Archive, charged: ChargedSession, cost: str
) -> None:
    answer = log_of(archive, priced(*NIGHT_AND_DAY)).priced(charged).as_dict()
    assert (answer["cost"], answer["currency"]) == (cost, "EUR")


def test_a_price_that_changes_in_a_piece_shares_it_evenly(archive: Archive) -> None:
    """From 11:00 to 11:04 at 3, then at 1: 4 of 15 minutes, then 11 of them."""
    rules = (rule(3, "11:00", "11:03"), rule(1))
    answer = log_of(archive, priced(*rules)).priced(session(15)).as_dict()
    assert answer["cost"] == str(4 * 3 + 11)


def test_a_corrected_price_corrects_the_past(archive: Archive) -> None:
    log_of(archive, priced(rule(1))).keep([session(4)])
    query = SessionQuery.from_request({}, BUILDING.zone)
    for tariff, cost in ((1, "4"), (5, "20")):
        (found,) = log_of(archive, priced(rule(tariff))).find(query)
        assert found.as_dict()["cost"] == cost


def test_without_tariffs_there_is_no_cost(archive: Archive) -> None:
    answer = log_of(archive, FREE).priced(session(4)).as_dict()
    assert answer["cost"] is None


def test_a_time_without_a_rule_costs_nothing(archive: Archive) -> None:
    answer = log_of(archive, settings_of(TariffBook.of(plan()))).priced(session(4))
    assert answer.as_dict()["cost"] == "0"


def test_the_answer_is_that_of_the_interface(archive: Archive) -> None:
    log = log_of(archive, priced(rule(1)))
    other = replace(session(1), device_id=7, side=None)
    late = session(1, start="2026-04-01T10:00")
    log.keep([session(1, 2), other, late])
    open_ = replace(session(2, start="2026-03-16T10:00"), end=None, reason=None)
    query = SessionQuery.from_request(
        {"start": "2026-03-15", "end": "2026-03-16", "devices": [31]}, BUILDING.zone
    )
    found = log.find(query, [open_, replace(open_, device_id=7)])
    assert [each.as_dict() for each in found] == [
        {
            "device": 31,
            "side": 1,
            "start": "2026-03-15T10:00:00+00:00",
            "end": "2026-03-15T10:30:00+00:00",
            "energy": 3000,
            "charge_ah": 48.9,
            "cost": "3",
            "currency": "EUR",
            "reason": "finished",
            "is_estimated": False,
        },
        {
            "device": 31,
            "side": 1,
            "start": "2026-03-16T10:00:00+00:00",
            "end": None,
            "energy": 2000,
            "charge_ah": 48.9,
            "cost": "2",
            "currency": "EUR",
            "reason": None,
            "is_estimated": False,
        },
    ]
    everything = SessionQuery.from_request({}, BUILDING.zone)
    assert [x.session.device_id for x in log.find(everything)] == [7, 31, 31]


def test_what_waits_to_be_stored_is_told_once(archive: Archive) -> None:
    log = log_of(archive, priced(rule(1)))
    log.keep([session(1)])
    query = SessionQuery.from_request({}, BUILDING.zone)
    assert [x.cost for x in log.find(query, [session(1)])] == [10**18]


@pytest.mark.parametrize(
    ("request_", "key", "field"),
    [
        ({"start": "soon"}, "date_invalid", "start"),
        ({"start": "2026-03-16", "end": "2026-03-15"}, "end_not_after_start", "end"),
        ({"devices": "left"}, "number_invalid", "devices"),
    ],
)
def test_a_wrong_request_is_refused_at_its_field(
    request_: dict[str, object], key: str, field: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        SessionQuery.from_request(request_, BUILDING.zone)
    assert (caught.value.key, caught.value.field) == (key, field)
