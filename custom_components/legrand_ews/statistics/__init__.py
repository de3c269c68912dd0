"""Home Assistant's long-term statistics, rebuilt from the archive."""
