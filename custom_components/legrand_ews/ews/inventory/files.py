"""A whole file: its encoding, its format, what is written into it."""

import codecs
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from ..catalogue import Catalogue
from ..charging.settings import ChargingSettings
from ..model import Installation
from ..model.problems import problem
from .csv_table import Dialect, is_csv, read_csv, write_csv
from .describing import describe
from .devices import parameter_names
from .load_management import describe_charging
from .rows import TABLE_COLUMNS, Inventory, at_row
from .yaml_text import read_yaml, write_yaml

MAX_BYTES: Final = 10_000_000
"""Largest file that is read: some hundred times the largest installation."""


class FileFormat(StrEnum):
    """How an installation is written."""

    CSV = "csv"
    YAML = "yaml"


def write(
    site: Installation,
    catalogue: Catalogue,
    file_format: FileFormat,
    dialect: Dialect,
    charging: ChargingSettings | None = None,
) -> str:
    """Return an installation as text; a CSV file of it should begin with a BOM.

    The load management is no list of objects: a table has no place for it.

    Reading the text and planning it for the same installation changes nothing; for an
    empty one it makes the same objects with the same numbers.
    """
    rows = list(describe(site, catalogue))
    parameters = parameter_names(catalogue)
    if file_format is FileFormat.YAML:
        said = describe_charging(charging or ChargingSettings(), site)
        return write_yaml(site.name, rows, parameters, said)
    columns = (*TABLE_COLUMNS, *sorted(parameters.difference(TABLE_COLUMNS)))
    return write_csv(columns, rows, dialect)


def read(content: str | bytes) -> Inventory:
    """Return what a CSV or YAML file says; what cannot be read is listed as problems.

    The format is told from the content. Bytes may be UTF-8, UTF-16 with its mark, or
    what old spreadsheets write (Windows-1252).
    """
    if len(content) > MAX_BYTES:
        found = problem("base", "import_too_long", limit=MAX_BYTES // 1_000_000)
        return Inventory(problems=(at_row(None, found),))
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff")
    return read_csv(text) if is_csv(text) else read_yaml(text)


def _decoded(content: bytes) -> str:
    return next(_readings(content))


def _readings(content: bytes) -> Iterator[str]:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8", "cp1252"):
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue
    yield content.decode("latin-1")
