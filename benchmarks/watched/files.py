"""Where a watched process and its watcher meet, inside the configuration folder."""

from typing import Final

MARK: Final = "loop-mark.txt"
"""Holds the name of the phase that begins."""
REPORT: Final = "loop-report.json"
"""What was seen so far, by phase."""
