"""The archive: samples, counter states, corrections and rollups in a database.

This package is the core's only door to SQL. The tables are described in `tables`.
"""

from ..metering import StateChange
from .address import split_password, with_password
from .cells import BucketAmount, Cells
from .copies import ArchiveCopy, copies_in, make_copy
from .course_columns import BETWEEN
from .courses import CourseRow
from .database import Archive
from .engine import driver_requirement
from .import_undo import PastImport
from .imports import ImportOutcome, ImportRow, OnConflict
from .moving import MoveProgress
from .objects import RememberedObject
from .peak_days import PeakAmount, PeakDay
from .pending import PendingWrites
from .priced import StoredBill
from .quality_checks import StoredFinding
from .queries import Resolution
from .retention import Retention
from .rosters import Roster
from .statistics import Statistics
from .subjects import DataKind
from .tariff_days import TOGETHER, TariffAmount, TariffDay
from .tending import ArchiveUpkeep
from .totals import FluidTotal
from .upkeep import Health, Optimised

__all__ = [
    "BETWEEN",
    "TOGETHER",
    "Archive",
    "ArchiveCopy",
    "ArchiveUpkeep",
    "BucketAmount",
    "Cells",
    "CourseRow",
    "DataKind",
    "FluidTotal",
    "Health",
    "ImportOutcome",
    "ImportRow",
    "MoveProgress",
    "OnConflict",
    "Optimised",
    "PastImport",
    "PeakAmount",
    "PeakDay",
    "PendingWrites",
    "RememberedObject",
    "Resolution",
    "Retention",
    "Roster",
    "StateChange",
    "Statistics",
    "StoredBill",
    "StoredFinding",
    "TariffAmount",
    "TariffDay",
    "copies_in",
    "driver_requirement",
    "make_copy",
    "split_password",
    "with_password",
]
