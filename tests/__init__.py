"""Tests, one folder a kind: core and repo without Home Assistant, ha inside it."""
