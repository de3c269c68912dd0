"""Specifications of the simulator: building, registers, line and faults."""
