"""Views for people: civil words, plain figures and names, for the tables of numbers.

Every table of samples ``x`` has an ``x_view`` with the instant in UTC as text or
timestamp, the name of the device, the quality as a word, and values in the unit of
their quantity; so have the harmonics, the rollups, the days by tariff, the counters,
the states and the charging sessions.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sqlalchemy import Table

from ..metering import RECORDED_RANKS
from ..model import ObjectKind
from .billing_tables import CHARGING_SESSIONS
from .dialects import MARIADB, POSTGRESQL, SQLITE
from .subjects import SUBJECTS, Subject
from .tables import (
    COUNTED,
    COUNTERS,
    DAILY,
    FLUID_CODES,
    GAUGE_SUBJECTS,
    GAUGES_DAILY,
    GAUGES_HOURLY,
    HARMONICS,
    HOURLY,
    MONTHLY,
    OBJECTS,
    QUALITY_CODES,
    STATES,
    TABLE_OF_SUBJECT,
    TARIFF_DAYS,
    YEARLY,
    harmonic_column,
)

_INSTANTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        SQLITE: "datetime({}, 'unixepoch')",
        POSTGRESQL: "to_timestamp({}) AT TIME ZONE 'UTC'",
        **dict.fromkeys(MARIADB, "TIMESTAMPADD(SECOND, {}, '1970-01-01 00:00:00')"),
    }
)


def statements(dialect: str) -> list[str]:
    """SQL that creates the views, or creates them anew."""
    instant = _INSTANTS.get(dialect, "{}")
    created: list[str] = []
    for name, columns, source in _views(instant):
        created += [
            f"DROP VIEW IF EXISTS {name}",
            f"CREATE VIEW {name} AS SELECT {', '.join(columns)} FROM {source}",
        ]
    return created


def _views(instant: str) -> Iterator[tuple[str, list[str], str]]:
    start = f"{instant.format('r.start')} AS start_utc"
    for subject in SUBJECTS:
        columns = [start, "r.length AS length_s", _word("r.quality", QUALITY_CODES)]
        columns[2] += " AS quality"
        yield _view(TABLE_OF_SUBJECT[subject.table], [*columns, *_values(subject)])
    ranks = map(harmonic_column, RECORDED_RANKS)
    shares = [f"r.{rank} / 1000.0 AS {rank}" for rank in ranks]
    yield _view(HARMONICS, [start, "r.length AS length_s", "r.series", *shares])
    for subject in GAUGE_SUBJECTS:
        for table in (GAUGES_HOURLY[subject.table], GAUGES_DAILY[subject.table]):
            yield _view(table, [start, "r.covered_s", *_values(subject)])
    for table in (HOURLY, DAILY, MONTHLY, YEARLY):
        fluid = f"{_word('r.fluid', FLUID_CODES)} AS fluid"
        amount = "r.amount_milli / 1000.0 AS amount"
        yield _view(table, [start, fluid, amount, "r.covered_s", "r.recovered_s"])
    shared = [start, f"{_word('r.fluid', FLUID_CODES)} AS fluid", "r.tariff_id"]
    shared += ["r.amount_milli / 1000.0 AS amount", "r.cost_micro / 1000000.0 AS cost"]
    yield _view(TARIFF_DAYS, shared)
    stood = [
        f"{instant.format(f'r.{x}')} AS {x}_utc" for x in ("read_at", "booked_until")
    ]
    yield _view(COUNTERS, [*stood, *(f"r.{q} / 1000.0 AS {q}" for q in COUNTED)])
    since = f"{instant.format('r.since')} AS since_utc"
    yield _view(STATES, [since, "r.quantity", "r.value"])
    ended = f"{instant.format('r.ended')} AS ended_utc"
    given = ["r.energy_milli / 1000.0 AS energy_wh", "r.charge_milli / 1000.0 AS ah"]
    yield _view(CHARGING_SESSIONS, [start, ended, "r.side", *given, "r.reason"])


def _view(table: Table, columns: list[str]) -> tuple[str, list[str], str]:
    named = ["r.device_id", "o.name AS device", *columns]
    kind = ObjectKind.DEVICE.value
    source = (
        f"{table.name} r LEFT JOIN {OBJECTS.name} o"
        f" ON o.kind = '{kind}' AND o.id = r.device_id"
    )
    return f"{table.name}_view", named, source


def _values(subject: Subject) -> Iterator[str]:
    for key in subject.quantities:
        if subject.is_counted:
            yield f"r.{key} / 1000.0 AS {key}"
            continue
        average = f"r.{key}_avg"
        yield f"{average} / 1000.0 AS {key}_avg"
        yield f"({average} - r.{key}_below) / 1000.0 AS {key}_min"
        yield f"({average} + r.{key}_above) / 1000.0 AS {key}_max"


def _word[K: StrEnum](column: str, codes: Mapping[K, int]) -> str:
    cases = " ".join(f"WHEN {code} THEN '{word}'" for word, code in codes.items())
    return f"CASE {column} {cases} END"
