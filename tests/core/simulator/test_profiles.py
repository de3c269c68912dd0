"""Load profiles: what follows the clock, the week, the weather and the year."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from simulator.profiles import PROFILES, level_at
from simulator.weather import Calendar, DayKind, day_kind

CALENDAR = Calendar(1, ZoneInfo("Europe/Paris"))
LUCK = 0.5


def mean_over(profile: str, first: date, days: int = 28) -> float:
    chosen = [CALENDAR.at(first + timedelta(days=k)) for k in range(days)]
    return sum(PROFILES[profile].day_mean(day, LUCK) for day in chosen) / days


@pytest.mark.parametrize(
    ("profile", "more", "less"),
    [
        ("electric_heating", date(2026, 1, 5), date(2026, 7, 6)),
        ("gas_heating", date(2026, 1, 5), date(2026, 7, 6)),
        ("office_lighting", date(2026, 1, 5), date(2026, 6, 8)),
        ("solar", date(2026, 6, 8), date(2026, 12, 1)),
    ],
)
def test_seasons(profile: str, more: date, less: date) -> None:
    assert mean_over(profile, more) > 1.2 * mean_over(profile, less)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), DayKind.WORKING),
        (date(2026, 11, 21), DayKind.SATURDAY),
        (date(2026, 11, 22), DayKind.CLOSED),
        (date(2026, 11, 11), DayKind.CLOSED),
        (date(2026, 12, 28), DayKind.CLOSED),
        (date(2026, 8, 5), DayKind.CLOSED),
    ],
)
def test_kinds_of_days(day: date, kind: DayKind) -> None:
    assert day_kind(day) is kind


@pytest.mark.parametrize("profile", ["workshop", "sockets", "charging", "canteen"])
def test_a_closed_company_consumes_little(profile: str) -> None:
    monday, sunday = CALENDAR.at(date(2026, 11, 23)), CALENDAR.at(date(2026, 11, 22))
    means = PROFILES[profile].day_mean

    assert 0 < means(sunday, LUCK) < 0.5 * means(monday, LUCK)


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("kind", list(DayKind))
def test_courses_cover_the_whole_day_and_never_stop(
    profile: str, kind: DayKind
) -> None:
    course = PROFILES[profile].courses[kind]
    hours = [hour for hour, _ in course]

    assert hours[0] == 0
    assert hours[-1] == 24
    assert hours == sorted(set(hours))
    assert all(level > 0 for _, level in course)


@pytest.mark.parametrize(
    ("minute", "level"), [(0, 0.0), (30, 0.5), (60, 1.0), (720, 1.0), (1439.999, 1.0)]
)
def test_a_level_lies_on_the_line_between_its_corners(
    minute: float, level: float
) -> None:
    course = ((0, 0.0), (1, 1.0), (24, 1.0))

    assert level_at(course, minute) == pytest.approx(level)
