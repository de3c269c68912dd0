"""Measurements against peers and physical limits, one module a subject."""
