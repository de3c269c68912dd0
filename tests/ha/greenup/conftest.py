"""Fixtures of the tests of Green'Up."""

from .garage import open_garage

__all__ = ["open_garage"]
