"""History from elsewhere: any table under a mapping, or samples one by one."""

from .listing import checked, listed_rows
from .mapping import (
    ColumnMapping,
    FileMapping,
    Meaning,
    Stamp,
    decode_mapping,
    is_importable,
)
from .noting import Noted
from .table import HistoryTable

__all__ = [
    "ColumnMapping",
    "FileMapping",
    "HistoryTable",
    "Meaning",
    "Noted",
    "Stamp",
    "checked",
    "decode_mapping",
    "is_importable",
    "listed_rows",
]
