"""A real browser on a running Home Assistant."""
