"""The archive: samples, counter states, corrections and rollups in a database.

This package is the core's only door to SQL. The tables are described in `tables`.
"""

from .database import Archive
from .objects import RememberedObject
from .pending import PendingWrites
from .queries import BucketAmount, Resolution
from .rollup import FluidTotal
from .rosters import Roster

__all__ = [
    "Archive",
    "BucketAmount",
    "FluidTotal",
    "PendingWrites",
    "RememberedObject",
    "Resolution",
    "Roster",
]
