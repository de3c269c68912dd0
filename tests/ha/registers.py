"""Holding registers of an EMDX3 meter (4 120 48), written down by its documents.

Addresses and formats: Legrand's table of 4 120 45 and IME PR106. The transformers'
ratios are 1, so one count of the counters from 0x101C is 10 Wh; the block from 0x1500
holds the same in Wh and MWh.
"""

RATED_CT = 1
VT_HUNDREDTHS = 100


def u32(address: int, value: int) -> dict[int, int]:
    """Two words, the most significant first."""
    return {address: value >> 16 & 0xFFFF, address + 1: value & 0xFFFF}


def energy(address: int, value: int) -> dict[int, int]:
    """A counter of the fixed block: below a million, and millions."""
    return u32(address, value % 1_000_000) | u32(address + 2, value // 1_000_000)


def emdx3(
    *, imported_wh: int = 0, exported_wh: int = 0, power_w: int = 0
) -> dict[int, int]:
    """A meter at 230.1 V on L1 that draws ``power_w`` (signed) in total."""
    words = dict.fromkeys((*range(0x1000, 0x1070), *range(0x1500, 0x1530)), 0)
    words |= u32(0x1000, 230_100) | u32(0x1002, 231_200) | u32(0x1004, 229_300)
    words |= u32(0x1006, 4_567)
    words |= u32(0x1014, abs(power_w) * 100) | {0x101A: int(power_w < 0)}
    words |= u32(0x101C, imported_wh // 10) | u32(0x1020, exported_wh // 10)
    words |= {0x1025: 1, 0x1026: 499, 0x106E: 321}
    words |= energy(0x1500, imported_wh) | energy(0x1508, exported_wh)
    words |= u32(0x1518, power_w)
    words |= dict.fromkeys(range(0x1200, 0x1208), 0)
    words |= {0x1200: RATED_CT, 0x1204: 0x0010, 0x1207: VT_HUNDREDTHS}
    return words | {0x0300: 0x0010}
