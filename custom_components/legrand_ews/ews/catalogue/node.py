"""A typed walk through a data file that knows where it stands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from ..errors import CatalogueError
from .yaml_file import Step, line_of

_MISSING = object()


class Node:
    """One value of a data file with its path; wrong data raise CatalogueError.

    The error names the file, the line and the field (``blocks[2].words``).
    """

    __slots__ = ("_file", "_steps", "_value")

    def __init__(self, value: object, file: Path, steps: tuple[Step, ...] = ()) -> None:
        """Stand at ``steps`` of ``file``, where ``value`` was found."""
        self._value = value
        self._file = file
        self._steps = steps

    def error(self, key: str, **placeholders: object) -> CatalogueError:
        """Return the error ``key`` about this place, to be raised."""
        where = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in self._steps
        ).lstrip(".")
        return CatalogueError(
            key,
            field=where,
            file=self._file.name,
            line=line_of(self._file, self._steps),
            where=where,
            **placeholders,
        )

    def wrong(self) -> CatalogueError:
        """Return the error that this value is not allowed here."""
        return self.error("catalogue_value", value=self._value)

    @property
    def is_absent(self) -> bool:
        """Whether the file says nothing here."""
        return self._value is _MISSING or self._value is None

    def __getitem__(self, key: str) -> Node:
        """Return the entry ``key`` of this mapping, absent or not."""
        value = self._mapping().get(key, _MISSING)
        return Node(value, self._file, (*self._steps, key))

    def _mapping(self) -> dict[object, object]:
        if self.is_absent:
            return {}
        if not isinstance(self._value, dict):
            raise self.wrong()
        return self._value

    def check_keys(self, allowed: frozenset[str]) -> None:
        """Refuse entries that nobody reads: most often a slip of the pen."""
        for key in self._mapping():
            if key not in allowed:
                child = Node(None, self._file, (*self._steps, str(key)))
                raise child.error("catalogue_unknown_field", value=key)

    def keys(self) -> tuple[str, ...]:
        """Return the names of this mapping's entries."""
        return tuple(str(key) for key in self._mapping())

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping; none when absent."""
        for key, value in self._mapping().items():
            yield str(key), Node(value, self._file, (*self._steps, str(key)))

    def codes(self) -> Iterator[tuple[int, Node]]:
        """Yield the entries of a mapping whose keys are whole numbers."""
        for key, value in self._mapping().items():
            node = Node(value, self._file, (*self._steps, str(key)))
            if not isinstance(key, int) or isinstance(key, bool):
                raise node.wrong()
            yield key, node

    def items(self) -> Iterator[Node]:
        """Yield the items of a list; none when absent."""
        if self.is_absent:
            return
        if not isinstance(self._value, list):
            raise self.wrong()
        for index, value in enumerate(self._value):
            yield Node(value, self._file, (*self._steps, index))

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return isinstance(self._value, list)

    @property
    def is_mapping(self) -> bool:
        """Whether a mapping stands here."""
        return isinstance(self._value, dict)

    @property
    def is_text(self) -> bool:
        """Whether a text stands here."""
        return isinstance(self._value, str)

    def text(self, default: str | None = None) -> str:
        """Return a text; without ``default`` it must be there."""
        value = self._present(default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong()
        return value

    def optional_text(self) -> str | None:
        """Return a text, or None when absent."""
        return None if self.is_absent else self.text()

    def integer(
        self,
        default: int | None = None,
        *,
        minimum: int = 0,
        maximum: int | None = None,
    ) -> int:
        """Return a whole number within its limits (inclusive)."""
        value = self._present(default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong()
        if value < minimum or (maximum is not None and value > maximum):
            raise self.wrong()
        return value

    def optional_integer(self, *, minimum: int = 0) -> int | None:
        """Return a whole number, or None when absent."""
        return None if self.is_absent else self.integer(minimum=minimum)

    def decimal(self, default: Decimal | None = None) -> Decimal:
        """Return an exact number: what the file shows, not its binary nearest."""
        value = self._present(default)
        if isinstance(value, bool) or not isinstance(
            value, int | float | str | Decimal
        ):
            raise self.wrong()
        try:
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise self.wrong() from error
        if not number.is_finite():
            raise self.wrong()
        return number

    def positive(self) -> Decimal:
        """Return an exact number above zero."""
        number = self.decimal()
        if number <= 0:
            raise self.wrong()
        return number

    def optional_decimal(self) -> Decimal | None:
        """Return an exact number, or None when absent."""
        return None if self.is_absent else self.decimal()

    def flag(self, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self._present(default)
        if not isinstance(value, bool):
            raise self.wrong()
        return value

    def choice[E: StrEnum](self, kind: type[E], default: E | None = None) -> E:
        """Return a member of ``kind`` by its value."""
        value = self._present(default)
        try:
            return kind(value)  # type: ignore[arg-type] # a wrong type is a ValueError
        except ValueError as error:
            raise self.wrong() from error

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts, empty when absent."""
        return tuple(item.text() for item in self.items())

    def integers(self) -> tuple[int, ...]:
        """Return a list of whole numbers (or a single one), empty when absent."""
        if not self.is_absent and not self.is_list:
            return (self.integer(),)
        return tuple(item.integer() for item in self.items())

    def one_of[T](self, known: Mapping[str, T]) -> T:
        """Return what the name that stands here refers to."""
        name = self.text()
        if name not in known:
            raise self.error("catalogue_reference", value=name)
        return known[name]

    def _present(self, default: object) -> object:
        if not self.is_absent:
            return self._value
        if default is None:
            raise self.error("catalogue_missing")
        return default
