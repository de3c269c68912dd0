"""Typed reading of a site file, with errors that say where."""

from collections.abc import Callable, Mapping
from typing import Final

_MISSING: Final = object()


class SiteError(ValueError):
    """A site file is wrong; the message names the place in it."""


class Node:
    """A mapping in the file; ``finish`` refuses keys that nobody asked for."""

    def __init__(self, data: object, path: str) -> None:
        """Look at ``data``, found at ``path``."""
        if not isinstance(data, Mapping):
            raise SiteError(f"{path.rstrip('.') or 'site'}: a mapping is expected")
        self.path = path
        self._data = {str(key): value for key, value in data.items()}
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """A text; numbers without quotes are taken as written."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._error(key, "a text is expected")
        return str(value)

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is missing."""
        self._asked.add(key)
        return self.text(key) if key in self._data else None

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._error(key, "a number is expected")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.number(key, default)
        if not isinstance(value, int):
            raise self._error(key, "a whole number is expected")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self._error(key, "true or false is expected")
        return value

    def value(self, key: str, default: object = _MISSING) -> object:
        """Whatever stands there."""
        return self._take(key, default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing."""
        return tuple(str(value) for value in self._list(key))

    def mapping(self, key: str) -> dict[str, object]:
        """A mapping as it stands, empty where the key is missing."""
        value = self._take(key, {})
        if not isinstance(value, Mapping):
            raise self._error(key, "a mapping is expected")
        return {str(name): entry for name, entry in value.items()}

    def nodes[T](self, key: str, read: Callable[[Node], T]) -> tuple[T, ...]:
        """A list of mappings, each read by ``read`` and then finished."""
        found = []
        for index, item in enumerate(self._list(key)):
            node = Node(item, f"{self.path}{key}[{index}].")
            found.append(node.read(read))
        return tuple(found)

    def node[T](self, key: str, read: Callable[[Node], T]) -> T | None:
        """A mapping read by ``read``, None where the key is missing."""
        self._asked.add(key)
        if key not in self._data:
            return None
        return Node(self._take(key, {}), f"{self.path}{key}.").read(read)

    def read[T](self, read: Callable[[Node], T]) -> T:
        """Read this mapping; SiteError for a wrong value or an unknown key."""
        try:
            result = read(self)
        except SiteError:
            raise
        except (ValueError, KeyError) as error:
            raise SiteError(f"{self.path.rstrip('.') or 'site'}: {error}") from error
        if unknown := set(self._data) - self._asked:
            raise self._error(min(unknown), "unknown key")
        return result

    def _list(self, key: str) -> list[object]:
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self._error(key, "a list is expected")
        return value

    def _take(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self._data.get(key, _MISSING)
        if value is _MISSING or value is None:
            if default is None or default is _MISSING:
                raise self._error(key, "is missing")
            return default
        return value

    def _error(self, key: str, message: str) -> SiteError:
        return SiteError(f"{self.path}{key}: {message}")
