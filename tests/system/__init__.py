"""Tests of the whole system: a real Home Assistant process on simulated buses."""
