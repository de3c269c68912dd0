"""Watch that the core's tests stay free of Home Assistant."""

import sys

import pytest

FORBIDDEN = ("homeassistant", "voluptuous", "probatio")


def _loaded() -> list[str]:
    return [name for name in FORBIDDEN if name in sys.modules]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which anything has imported Home Assistant."""
    if loaded := _loaded():
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"the core's tests imported {', '.join(loaded)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
