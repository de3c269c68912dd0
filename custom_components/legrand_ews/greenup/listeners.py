"""Who wants to be told."""

from collections.abc import Callable, Iterator


class Listeners[T]:
    """Listeners in the order in which they came; one may go while all are told."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._all: dict[object, T] = {}

    def add(self, listener: T) -> Callable[[], None]:
        """Tell one more; return what ends that."""
        key = object()
        self._all[key] = listener

        def remove() -> None:
            self._all.pop(key, None)

        return remove

    def __iter__(self) -> Iterator[T]:
        """All of this moment."""
        return iter(list(self._all.values()))
