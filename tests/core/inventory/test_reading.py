"""Files as people and spreadsheets write them."""

from pathlib import Path
import re

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.inventory import (
    CONTINENTAL,
    ENGLISH,
    FileFormat,
    plan,
    read,
    write,
)
from custom_components.legrand_ews.ews.inventory.rows import TABLE_COLUMNS
from custom_components.legrand_ews.ews.model import Installation, ObjectKind

from ..model_samples import SITE
from .installations import catalogue, empty_site, installations

TABLE = "kind;name;description\nboard;Élévateur;a, b\n"
EXPECTED = {"name": "Élévateur", "description": "a, b"}


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace(";", "\t"),
        'kind,name,description\nboard,Élévateur,"a, b"\n',
        "\ufeff" + TABLE,
        "sep=;\n" + TABLE,
        "# our boards\n\n" + TABLE,
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("cp1252"),
        "KIND; Name ;Description;;\nBoard;Élévateur;a, b;;\n;;;;\n",
        "kind;description;name\nboard;'a, b;'Élévateur\n",
        'boards:\n  - name: Élévateur\n    description: "a, b"\n',
        "boards: [{name: Élévateur, description: 'a, b'}]",
        "version: 1\nsite: Mill\nboards:\n- name: Élévateur\n  id:\n  description: a, b",
    ],
)
def test_one_board_in_many_hands(content: str | bytes) -> None:
    inventory = read(content)
    assert inventory.problems == ()
    (row,) = inventory.rows
    assert (row.kind, dict(row.cells)) == (ObjectKind.BOARD, EXPECTED)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (TABLE, 2),
        ("sep=;\n" + TABLE, 2),  # spreadsheets do not show that line
        ("\n" + TABLE, 3),
        ('kind;description;name\nboard;"two\nlines";A\nboard;;Élévateur\n', 3),
        ("boards:\n  - name: A\n\n  - name: Élévateur\n", 4),
    ],
)
def test_rows_are_numbered_as_users_see_them(content: str, row: int) -> None:
    found = {x.cells["name"]: x.number for x in read(content).rows}
    assert found["Élévateur"] == row


PAGE = (Path(__file__).parents[3] / "docs" / "import-export.md").read_text("utf-8")


@pytest.mark.parametrize(
    "content",
    re.findall(r"```(?:csv|yaml)\n((?:kind;|version:).*?)```", PAGE, re.DOTALL),
    ids=["csv", "yaml"],
)
def test_the_examples_of_the_page_are_right(content: str) -> None:
    made = plan(read(content), empty_site(), catalogue())
    assert made.problems == ()
    assert {"Workshop", "Tenant 2"} == {
        x.name for x in made.installation.groups.values()
    }


def test_the_page_names_every_column() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(TABLE_COLUMNS) - named == set()


def test_a_heading_may_be_repeated_for_another_kind() -> None:
    inventory = read(
        "kind;name\nboard;Main\n\nkind;host;name\ngateway;roof.local;Roof\n"
    )
    assert inventory.problems == ()
    assert [dict(row.cells) for row in inventory.rows] == [
        {"name": "Main"},
        {"host": "roof.local", "name": "Roof"},
    ]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", [(None, "base", "import_empty")]),
        ("kind;name\n", [(None, "base", "import_empty")]),
        ("hello", [(1, "base", "import_unreadable")]),
        ("boards: [", [(1, "base", "import_unreadable")]),
        ("boards: 3", [(1, "kind", "import_unreadable")]),
        ("boards:\n  - Main", [(2, "kind", "import_unreadable")]),
        ("boards:\n  - {name: {a: b}}", [(2, "name", "import_unreadable")]),
        ("rooms:\n  - {name: A}", [(1, "rooms", "import_column_unknown")]),
        ("kind;name\nroom;A\n", [(2, "kind", "import_kind_unknown")]),
        ("kind;name\n;A\n", [(2, "kind", "import_kind_unknown")]),
        ("kind;name;name\nboard;A;A", [(1, "name", "import_column_repeated")]),
        ("kind;name;nmae\nboard;A;B", [(1, "nmae", "import_column_unknown")]),
        ("kind;name\nboard;A;B", [(2, "kind", "import_cell_without_column")]),
        ("kind;name\nboard;A\x00" + "B" * 200_000, [(2, "kind", "import_unreadable")]),
        (b"x" * 10_000_001, [(None, "base", "import_too_long")]),
    ],
)
def test_what_cannot_be_read_is_said(
    content: str | bytes, problems: list[tuple[int | None, str, str]]
) -> None:
    made = plan(read(content), SITE, catalogue())
    assert [(x.row, x.field, x.key) for x in made.problems] == problems


@given(content=st.one_of(st.text(), st.binary()))
@settings(deadline=None)
def test_nothing_that_is_read_makes_it_stumble(content: str | bytes) -> None:
    made = plan(read(content), SITE, catalogue())
    assert made.problems != ()  # by chance nobody describes an installation
    assert made.installation == SITE


@given(site=installations(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_file_is_no_accident(site: Installation, data: st.DataObject) -> None:
    """Cells of a good file are replaced by anything: a plan or problems, no error."""
    text = write(site, catalogue(), FileFormat.CSV, CONTINENTAL)
    cells = text.split(";")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(cells) - 1))
        cells[at] = data.draw(
            st.one_of(
                st.sampled_from(
                    ["-", "0", "-1", "1e9", "yes", "412048", "#1", "heating"]
                ),
                st.text(max_size=5),
            )
        )
    made = plan(read(";".join(cells)), empty_site(), catalogue(), remove_missing=True)
    if made.is_possible:
        again = write(made.installation, catalogue(), FileFormat.YAML, ENGLISH)
        repeated = plan(read(again), made.installation, catalogue())
        assert (repeated.problems, repeated.changed) == ((), ())


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Main meter", "Main meter"),
        ("Meter 12", "Meter 12"),
        ("12", "12"),
        ("2-1", "'2-1"),  # a date to a spreadsheet
        ("3 March", "'3 March"),
        ("012", "'012"),  # would lose its zero
        ("1E5", "'1E5"),  # would become 100000
        ("=1+1", "'=1+1"),  # would be calculated
        ("-", "'-"),  # alone, a dash empties the cell
        ("'s Hertogenbosch", "''s Hertogenbosch"),
    ],
)
def test_names_that_spreadsheets_would_change_are_protected(
    name: str, cell: str
) -> None:
    made = plan(read(f'boards: [{{name: "{name}"}}]'), empty_site(), catalogue())
    assert made.installation.boards[1].name == name
    text = write(made.installation, catalogue(), FileFormat.CSV, CONTINENTAL)
    assert text.splitlines()[1].startswith(f"board;1;{cell};")
