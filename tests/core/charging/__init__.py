"""Tests of the load management of charging stations."""
