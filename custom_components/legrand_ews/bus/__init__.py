"""Gateways and their buses: polling, testing, looking for devices."""
