"""An installation as a file: a table for spreadsheets, or YAML; and back again."""

from .csv_table import CONTINENTAL, ENGLISH, Dialect, dialect_of, write_table
from .files import FileFormat, read, write
from .planning import Change, Plan, plan
from .rows import Cell, Inventory, Part, Row, RowProblem
from .yaml_text import CHARGING

__all__ = [
    "CHARGING",
    "CONTINENTAL",
    "ENGLISH",
    "Cell",
    "Change",
    "Dialect",
    "FileFormat",
    "Inventory",
    "Part",
    "Plan",
    "Row",
    "RowProblem",
    "dialect_of",
    "plan",
    "read",
    "write",
    "write_table",
]
