"""The session log as a spreadsheet reads it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.billing import PricedSession
from custom_components.legrand_ews.ews.files import (
    DecimalSign,
    FileDialect,
    Separator,
    session_file,
)
from custom_components.legrand_ews.ews.metering.charged import (
    ChargedSession,
    SessionEnd,
)

PARIS = ZoneInfo("Europe/Paris")
# The clock goes from 3:00 back to 2:00 on 25 October 2026.
START = datetime(2026, 10, 24, 22, tzinfo=UTC)
HEADING = (
    "device;name;side;start;start_utc_offset;end;end_utc_offset;"
    "energy_wh;charge_ah;cost;currency;reason;is_estimated"
)


def session(**changes: object) -> ChargedSession:
    end = START + timedelta(hours=5)
    return ChargedSession(
        **{  # type: ignore[arg-type]
            "device_id": 31,
            "side": 2,
            "start": START,
            "until": end,
            "end": end,
            "reason": SessionEnd.FINISHED,
            "charge_mah": 48_900,
            "pieces_milli_wh": (11_250_000, 500),
            **changes,
        }
    )


def lines(dialect: FileDialect, *sessions: PricedSession) -> list[str]:
    names = {31: "Bay 3", 7: "=SUM(A1)"}
    content = session_file(sessions, dialect, PARIS, names.__getitem__)
    return content.decode("utf-8-sig").split("\r\n")


def test_one_line_a_session() -> None:
    over = PricedSession(session=session(), cost=241 * 10**16, currency="EUR")
    running = PricedSession(
        session=session(
            device_id=7, side=None, end=None, reason=None, is_estimated=True
        ),
        cost=None,
        currency="EUR",
    )
    assert lines(FileDialect(), over, running) == [
        HEADING,
        "31;Bay 3;2;2026-10-25 00:00:00;+02:00;2026-10-25 04:00:00;+01:00;"
        "11250,5;48,9;2,41;EUR;finished;0",
        # What a spreadsheet would compute is made harmless.
        "7;'=SUM(A1);;2026-10-25 00:00:00;+02:00;;;11250,5;48,9;;;;1",
        "",
    ]


def test_separators_are_the_users() -> None:
    dialect = FileDialect(decimal_sign=DecimalSign.POINT, separator=Separator.COMMA)
    priced = PricedSession(session=session(), cost=241 * 10**16, currency="EUR")
    assert lines(dialect, priced)[1].endswith("11250.5,48.9,2.41,EUR,finished,0")
