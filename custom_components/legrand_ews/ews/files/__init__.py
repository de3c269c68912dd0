"""CSV files as a view of the archive: the folders of the file space, and downloads.

Nothing is stored; every file is written while it is read, in the separators that the
user has chosen.
"""

from .columns import rosters_of
from .datalogger import DATALOGGER_FILE, datalogger
from .dialect import DecimalSign, FileDialect, Separator
from .download import (
    REPORT_FILE,
    DataRequest,
    DownloadCancelledError,
    DownloadKind,
    Progress,
    Rate,
    write_download,
)
from .record import Record
from .session_file import SESSION_FILE, session_file
from .source import FileSource
from .tree import WITHOUT_CHARGING, Entry, FileTree

__all__ = [
    "DATALOGGER_FILE",
    "REPORT_FILE",
    "SESSION_FILE",
    "WITHOUT_CHARGING",
    "DataRequest",
    "DecimalSign",
    "DownloadCancelledError",
    "DownloadKind",
    "Entry",
    "FileDialect",
    "FileSource",
    "FileTree",
    "Progress",
    "Rate",
    "Record",
    "Separator",
    "datalogger",
    "rosters_of",
    "session_file",
    "write_download",
]
