"""The archive: samples, counter states, corrections and rollups in a database.

This package is the core's only door to SQL. The tables are described in `tables`.
"""

from ..metering import StateChange
from .database import Archive
from .import_undo import PastImport
from .imports import ImportOutcome, ImportRow, OnConflict
from .objects import RememberedObject
from .pending import PendingWrites
from .queries import BucketAmount, Resolution
from .rollup import FluidTotal
from .rosters import Roster
from .statistics import Statistics
from .subjects import DataKind

__all__ = [
    "Archive",
    "BucketAmount",
    "DataKind",
    "FluidTotal",
    "ImportOutcome",
    "ImportRow",
    "OnConflict",
    "PastImport",
    "PendingWrites",
    "RememberedObject",
    "Resolution",
    "Roster",
    "StateChange",
    "Statistics",
]
