"""Fixtures of the tests of Green'Up."""

from .garage import building, open_garage

__all__ = ["building", "open_garage"]
