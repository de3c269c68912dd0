"""How one object speaks of another in a file: by its name, or by its number."""

from collections.abc import Mapping
from typing import Final

from ..model import Installation, Load, ObjectKind
from ..model.rules import name_key
from .rows import Part
from .sites import parts_of

_NUMBER_SIGN: Final = "#"
_MOST_DIGITS: Final = 12


class Directory:
    """The names of one kind of objects.

    A predefined load is known by its key (``heating``), which is the same in every
    language, and by the name it has in the installation at hand.
    """

    def __init__(self, parts: Mapping[int, Part]) -> None:
        """Index the objects; where two share a name, the first has it."""
        self._parts = parts
        self._numbers: dict[str, int] = {}
        for number, part in sorted(parts.items()):
            if isinstance(part, Load) and part.key is not None:
                self._numbers.setdefault(name_key(part.key), number)
        for number, part in sorted(parts.items()):
            self._numbers.setdefault(name_key(part.name), number)

    def named(self, name: str) -> int | None:
        """Return the number of the object that has a name, be it made of digits."""
        return self._numbers.get(name_key(name))

    def find(self, text: str) -> int | None:
        """Return the number of the object that is meant: ``Cellar``, ``3`` or ``#3``."""
        text = text.strip()
        digits = text.removeprefix(_NUMBER_SIGN)
        is_number = digits.isascii() and digits.isdigit() and len(digits) < _MOST_DIGITS
        number = int(digits) if is_number and int(digits) in self._parts else None
        if number is not None and digits != text:
            return number
        return self._numbers.get(name_key(text), number)

    def label(self, number: int) -> str:
        """Return what a file calls an object: its name wherever that is clear."""
        part = self._parts.get(number)
        name = "" if part is None else part.name
        if isinstance(part, Load) and part.key is not None:
            name = part.key
        return name if self.find(name) == number else f"{_NUMBER_SIGN}{number}"


def directories(site: Installation) -> Mapping[ObjectKind, Directory]:
    """Return the names of every kind."""
    return {kind: Directory(parts_of(site, kind)) for kind in ObjectKind}
