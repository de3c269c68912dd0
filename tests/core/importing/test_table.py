"""Tables of history under a mapping."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import io
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.archive import ImportRow
from custom_components.legrand_ews.ews.importing import (
    HistoryTable,
    Noted,
    checked,
    decode_mapping,
    listed_rows,
)

ROME = ZoneInfo("Europe/Rome")
TEN_MINUTES = timedelta(minutes=10)

type Found = tuple[str, int, int]
"""Start in UTC, minutes, thousandths."""


def mapped(**more: object) -> Mapping[str, object]:
    column = {"column": "Ea+", "device": 7, "quantity": "active_energy_import"}
    given = more.pop("column", {})
    assert isinstance(given, dict)
    return {"time_column": "Time", "columns": [column | given], **more}


def read(text: str, data: Mapping[str, object]) -> tuple[list[ImportRow], Noted]:
    noted = Noted()
    mapping, problems = decode_mapping(data, [7, 8])
    assert problems == []
    table = HistoryTable(io.StringIO(text, newline=""), mapping, ROME, noted)
    return list(table.rows()), noted


def brief(rows: list[ImportRow]) -> list[Found]:
    return [
        (
            f"{row.start:%d %H:%M}",
            row.length // timedelta(minutes=1),
            row.amount_milli,
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        pytest.param(
            "Time;Ea+\r\n2024-06-01 00:00;12,5\r\n2024-06-01 00:10;\r\n"
            "2024-06-01 00:20;0\r\n",
            mapped(),
            # Wall clock in summer: two hours before UTC; an empty cell is a gap.
            [("31 22:00", 10, 12_500), ("31 22:20", 10, 0)],
            id="semicolon, decimal comma, gap",
        ),
        pytest.param(
            "\ufeffTime,Ea+,else\n2024-06-01T00:15+02:00,1.25,x\n"
            "2024-06-01T00:30+02:00,2,x\n",
            mapped(stamp="end", column={"factor": "1000"}),
            [("31 22:00", 15, 1_250_000), ("31 22:15", 15, 2_000_000)],
            id="comma, BOM, kWh, end of the interval, offsets",
        ),
        pytest.param(
            "sep=\t\nTime\tEa+\n01.06.2024 00:00\t1\n",
            mapped(time_format="%d.%m.%Y %H:%M", length=3600),
            [("31 22:00", 60, 1_000)],
            id="tab, sep line, format, one row with a length",
        ),
        pytest.param(
            "Time;UTC offset;Ea+\n2024-10-27 02:30;+02:00;1\n"
            "2024-10-27 02:30;+01:00;2\n2024-10-27 03:30;+01:00;3\n",
            mapped(offset_column="UTC offset"),
            [("27 00:30", 60, 1_000), ("27 01:30", 60, 2_000), ("27 02:30", 60, 3_000)],
            id="column of offsets",
        ),
        pytest.param(
            "Time;Ea+\n2024-10-27 02:00;1\n2024-10-27 02:30;2\n2024-10-27 02:00;3\n"
            "2024-10-27 02:30;4\n2024-10-27 03:00;5\n",
            mapped(),
            [
                ("27 00:00", 30, 1_000),
                ("27 00:30", 30, 2_000),
                ("27 01:00", 30, 3_000),
                ("27 01:30", 30, 4_000),
                ("27 02:00", 30, 5_000),
            ],
            id="the hour that comes twice, told apart by order",
        ),
        pytest.param(
            "Time;Ea+\n2024-06-01 00:00;1 000,5\n2024-06-01 01:00;1 002\n"
            "2024-06-01 02:00;\n2024-06-01 04:00;1 010\n",
            mapped(column={"meaning": "counter"}),
            # The difference of readings, over the gap as a whole.
            [("31 22:00", 60, 1_500), ("31 23:00", 180, 8_000)],
            id="counter readings",
        ),
        pytest.param(
            "Time;Ea+\n2024-03-30;1\n2024-03-31;2\n2024-04-01;3\n",
            mapped(),
            [
                ("29 23:00", 24 * 60, 1_000),
                ("30 23:00", 23 * 60, 2_000),
                ("31 22:00", 24 * 60, 3_000),
            ],
            id="days, one of 23 hours",
        ),
        pytest.param(
            "Time;Ea+\n2024-10-27;1\n2024-10-28;2\n2024-10-29;3\n",
            mapped(stamp="end"),
            [
                ("25 22:00", 24 * 60, 1_000),
                ("26 22:00", 25 * 60, 2_000),
                ("27 23:00", 24 * 60, 3_000),
            ],
            id="ends of days, one of 25 hours",
        ),
        pytest.param(
            "Time;Ea+\n2023-12-01;1\n2024-01-01;2\n2024-02-01;3\n2024-03-01;4\n",
            mapped(),
            [
                ("30 23:00", 31 * 24 * 60, 1_000),
                ("31 23:00", 31 * 24 * 60, 2_000),
                ("31 23:00", 29 * 24 * 60, 3_000),
                ("29 23:00", 31 * 24 * 60 - 60, 4_000),
            ],
            id="months",
        ),
        pytest.param(
            "Time;Ea+\n2024-01-01;1\n2025-01-01;2\n",
            mapped(stamp="end"),
            [("31 23:00", 365 * 24 * 60, 1_000), ("31 23:00", 366 * 24 * 60, 2_000)],
            id="ends of years",
        ),
    ],
)
def test_tables_are_read(
    text: str, data: Mapping[str, object], expected: list[Found]
) -> None:
    rows, noted = read(text, data)
    assert noted.problems == []
    assert brief(rows) == expected


@pytest.mark.parametrize(
    ("text", "data", "row", "field", "key"),
    [
        ("Time;Eb\n2024-06-01;1\n", mapped(), 1, "Ea+", "import_column_missing"),
        ("", mapped(), 1, "Time", "import_column_missing"),
        ("Time;Ea+\nnoon;1\n", mapped(length=60), 2, "Time", "import_time_invalid"),
        (
            "Time;Ea+\n2024-06-01;1,2,3\n",
            mapped(length=60),
            2,
            "Ea+",
            "import_number_invalid",
        ),
        (
            "Time;Ea+\n2024-06-01;1.000,2\n",
            mapped(length=60, decimal=","),
            2,
            "Ea+",
            "import_number_invalid",
        ),
        *(
            (
                f"Time;Ea+\n2024-06-01;{number}\n",
                mapped(length=60, decimal=sign),
                2,
                "Ea+",
                "import_number_invalid",
            )
            for number, sign in (("1.234", ","), ("1,234", "."))
        ),
        *(
            (
                f"Time;Ea+\n{time};1\n",
                mapped(length=60, time_format=pattern),
                2,
                "Time",
                "import_time_invalid",
            )
            for time, pattern in (
                ("0001-01-01", None),
                ("9999-12-31T23:59-12:00", None),
                ("01/02/0026", "%d/%m/%Y"),
                ("12:00", "%H:%M"),
                ("01/01/24", "%d/%d/%y"),
                ("01/01/24", "%Q"),
            )
        ),
        ("Time;Ea+\n2024-06-01;1\n", mapped(), None, "length", "import_length_unclear"),
        (
            "Time;Ea+\n2024-06-02;5\n2024-06-01;6\n",
            mapped(length=60, column={"meaning": "counter"}),
            3,
            "Time",
            "import_time_backwards",
        ),
        (
            "Time;Ea+\n2024-06-01;5\n2024-06-02;4\n",
            mapped(column={"meaning": "counter"}),
            3,
            "Ea+",
            "import_counter_backwards",
        ),
        (
            "Time;Of;Ea+\n2024-06-01;east;5\n",
            mapped(length=60, offset_column="Of"),
            2,
            "Time",
            "import_time_invalid",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_row(
    text: str, data: Mapping[str, object], row: int | None, field: str, key: str
) -> None:
    _, noted = read(text, data)
    first = noted.problems[0]
    assert (first.row, first.field, first.key) == (row, field, key)


@pytest.mark.parametrize(
    ("wrong", "field", "key"),
    [
        ({"time_column": ""}, "time_column", "import_field_missing"),
        ({"columns": []}, "columns", "import_field_missing"),
        ({"length": 0}, "length", "import_length_invalid"),
        ({"length": "1.5"}, "length", "import_length_invalid"),
        ({"stamp": "middle"}, "stamp", "choice_unknown"),
        ({"delimiter": "x"}, "delimiter", "choice_unknown"),
        ({"delimiter": ",", "decimal": ","}, "decimal", "import_separators_equal"),
        ({"column": {"device": 9}}, "columns[0].device", "import_device_unknown"),
        (
            {"column": {"quantity": "power"}},
            "columns[0].quantity",
            "import_quantity_unknown",
        ),
        (
            {"column": {"quantity": "voltage_l1"}},
            "columns[0].quantity",
            "import_quantity_unknown",
        ),
        ({"column": {"factor": "-1"}}, "columns[0].factor", "import_factor_invalid"),
        ({"column": {"meaning": "guess"}}, "columns[0].meaning", "choice_unknown"),
        ({"column": {"column": ""}}, "columns[0].column", "import_field_missing"),
    ],
)
def test_mappings_are_refused_at_the_field(
    wrong: dict[str, object], field: str, key: str
) -> None:
    _, problems = decode_mapping(mapped(**wrong), [7])
    assert [(p.field, p.key) for p in problems] == [(field, key)]


GOOD = {
    "device": 7,
    "start": "2024-06-01T00:00:00+02:00",
    "length": 600,
    "quantity": "active_energy_import",
    "value": 123,
}


def test_listed_samples_are_read() -> None:
    """The sample of interface.md."""
    noted = Noted()
    assert list(listed_rows([GOOD], {7}, ROME, noted)) == [
        ImportRow(
            number=1,
            device_id=7,
            quantity="active_energy_import",
            start=datetime(2024, 5, 31, 22, tzinfo=UTC),
            length=TEN_MINUTES,
            amount_milli=123_000,
        )
    ]
    assert noted.problems == []


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"device": 8}, "import_device_unknown"),
        ({"device": None}, "import_device_unknown"),
        ({"quantity": "active_power"}, "import_quantity_unknown"),
        ({"start": "yesterday"}, "import_time_invalid"),
        ({"start": "0001-01-01"}, "import_time_invalid"),
        ({"start": "0024-01-01T00:00:00+01:00"}, "import_time_invalid"),
        ({"start": "9999-12-31T23:59-12:00"}, "import_time_invalid"),
        ({"length": -600}, "import_length_invalid"),
        ({"length": None}, "import_length_invalid"),
        ({"value": "NaN"}, "import_number_invalid"),
        ({"value": None}, "import_number_invalid"),
        ({"value": -1}, "import_negative"),
        ({"value": 10**15}, "import_too_large"),
        ({"value": "1e18"}, "import_number_invalid"),
        ({"value": "1e999999"}, "import_number_invalid"),
        ({"length": "1e30"}, "import_length_invalid"),
        ({"start": "2025-01-01T00:00:00+01:00"}, "import_in_future"),
        ({"start": "2024-01-01T00:00:00.5+01:00"}, "import_not_whole_seconds"),
    ],
)
def test_listed_samples_are_refused_by_row(wrong: dict[str, object], key: str) -> None:
    noted = Noted()
    now = datetime(2024, 12, 31, 23, 5, tzinfo=UTC)
    rows = listed_rows([GOOD, GOOD | wrong], {7}, ROME, noted)
    assert len(list(checked(rows, now, noted))) == 1
    assert [(p.row, p.key) for p in noted.problems] == [(2, key)]


def test_a_hundred_problems_are_named_and_all_are_counted() -> None:
    text = "Time;Ea+\n" + "noon;1\n" * 250
    _, noted = read(text, mapped(length=60))
    assert (len(noted.problems), noted.count) == (100, 250)
