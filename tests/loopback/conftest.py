"""What is only collected where the machine has what it takes."""

from tests.database_servers import TimescaleDb

collect_ignore = [] if TimescaleDb.is_there() else ["test_timescale.py"]
