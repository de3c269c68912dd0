"""The page of the archive names every table, and its questions are answered."""

from pathlib import Path
import re
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import Archive

from .samples import PARIS

PAGE = (Path(__file__).parents[3] / "docs" / "archive.md").read_text(encoding="utf-8")
QUESTIONS = [
    question
    for block in re.findall(r"```sql\n(.*?)```", PAGE, re.S)
    for question in block.split(";")
    if question.strip()
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.close()
    return tmp_path / "archive.db"


def test_every_table_is_told_of(path: Path) -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.M)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    suffixes = tuple(name for row in rows for name in re.findall(r"`…(\w+)`", row))
    with sqlite3.connect(path) as database:
        there = {
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
            if not name.startswith("sqlite_")
        }
    assert told <= there
    assert {name for name in there - told if not name.endswith(suffixes)} == set()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_the_documents_is_understood(path: Path, question: str) -> None:
    with sqlite3.connect(path) as database:
        assert database.execute(question).fetchall() == []
