"""Units and registers of the gateway that tests of flows talk to."""

MULTIMETER = 5
"""Unit of a multifunction meter 4 120 45."""
COUNTER = 8
"""Unit of another maker's meter: energy in units of 100 Wh, two words at 0x2000."""
CONCENTRATOR = 9
"""Unit of a pulse concentrator 0 046 87."""
TRANSFORMERS = {**dict.fromkeys(range(0x1200, 0x1208), 0), 0x1200: 50, 0x1207: 100}
"""Registers in which the multimeter says its ratios (T1.1): 250/5 A, 1 for voltages."""
SILENT = 77
"""An address at which nobody answers."""


def registers() -> dict[int, dict[int, int]]:
    """Return the registers of the three units, as the makers' tables say.

    The multimeter (T1.1) shows 230.4 V on phase 1, identifies as a BTicino F4N200
    (0x0300 = 0x0006); all else reads 0. The concentrator (T5) counts 4711 on input 2.
    """
    measurements = dict.fromkeys(range(0x1000, 0x1070), 0)
    measurements |= {0x1000: 230_400 >> 16, 0x1001: 230_400 & 0xFFFF}
    totals = dict.fromkeys(range(0xC666, 0xC676), 0)
    totals |= {0xC667: 7, 0xC66B: 4711}
    vendor = {0xC350 + n: ord(letter) for n, letter in enumerate("SOCO")}
    return {
        MULTIMETER: {0x0300: 0x0006, **measurements},
        COUNTER: {0x2000: 0x0001, 0x2001: 0x0002},
        CONCENTRATOR: {**totals, **vendor},
    }
