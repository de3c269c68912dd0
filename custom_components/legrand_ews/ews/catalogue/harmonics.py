"""Where a device keeps its harmonics, rank by rank (registers.md T2.4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ..quantities import QUANTITIES
from .known import Provenance
from .node import Node
from .values import Space, ValueType

PHASES: Final = ("l1", "l2", "l3")
PAIRS: Final = ("l1_l2", "l2_l3", "l3_l1")
_LAST_ADDRESS: Final = 0xFFFF
_LONGEST_READ: Final = 125
HIGHEST_RANK: Final = 99
"""No map names a harmonic above it."""
_KEYS: Final = frozenset(
    {
        *("key", "series", "space", "address", "type", "scale", "not_available"),
        *("ranks", "provenance"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmonicBlock:
    """Harmonics of several currents or voltages, one series after the other.

    ``series`` are the quantities that are distorted (``current_l1``). Each has
    ``words`` registers, one value for each of ``ranks`` (3 is the third harmonic);
    value = raw x ``multiplier``, in percent. ``not_available`` are raw values that
    stand for none.
    """

    key: str
    space: Space
    address: int
    series: tuple[str, ...]
    ranks: tuple[int, ...]
    type: ValueType
    multiplier: Decimal
    not_available: frozenset[int]
    provenance: Provenance

    @property
    def words(self) -> int:
        """Registers of one series."""
        return len(self.ranks) * self.type.words

    @property
    def end(self) -> int:
        """Address behind its last register."""
        return self.address + len(self.series) * self.words

    def address_of(self, series: str) -> int:
        """Return where a series begins; ValueError for one that it lacks."""
        return self.address + self.series.index(series) * self.words


def read_harmonics(node: Node, provenance: Provenance) -> HarmonicBlock:
    """Return a block of harmonics of a map's data file; CatalogueError where wrong."""
    node.check_keys(_KEYS)
    value_type = node["type"].choice(ValueType, ValueType.U16)
    space = node["space"].choice(Space, Space.HOLDING)
    if value_type is ValueType.BIT or value_type.is_pattern or space.is_bits:
        raise node["type"].wrong()
    scale = node["scale"]
    block = HarmonicBlock(
        key=node["key"].text(),
        space=space,
        address=node["address"].integer(maximum=_LAST_ADDRESS),
        series=_series(node["series"]),
        ranks=_ranks(node["ranks"]),
        type=value_type,
        multiplier=Decimal(1) if scale.is_absent else scale.positive(),
        not_available=frozenset(node["not_available"].integers()),
        provenance=node["provenance"].choice(Provenance, provenance),
    )
    if block.words > _LONGEST_READ:
        raise node["ranks"].wrong()
    if block.end > _LAST_ADDRESS + 1:
        raise node["address"].wrong()
    return block


def _series(node: Node) -> tuple[str, ...]:
    """Return the distorted quantities; ``{phase}`` and ``{pair}`` stand for three."""
    names: list[str] = []
    for item in node.items():
        pattern = item.text()
        own = [pattern]
        for placeholder, labels in (("{phase}", PHASES), ("{pair}", PAIRS)):
            if placeholder in pattern:
                own = [pattern.replace(placeholder, label) for label in labels]
        for name in own:
            if name not in QUANTITIES:
                raise item.error("catalogue_reference", value=name)
            if name in names:
                raise item.error("catalogue_duplicate", value=name)
            names.append(name)
    if not names:
        raise node.error("catalogue_missing")
    return tuple(names)


def _ranks(node: Node) -> tuple[int, ...]:
    """Return the ranks in their order: the first, every how many, how many."""
    node.check_keys(frozenset({"first", "step", "count"}))
    first = node["first"].integer(minimum=1)
    step = node["step"].integer(1, minimum=1)
    count = node["count"].integer(minimum=1)
    ranks = tuple(range(first, first + step * count, step))
    if ranks[-1] > HIGHEST_RANK:
        raise node["count"].wrong()
    return ranks
