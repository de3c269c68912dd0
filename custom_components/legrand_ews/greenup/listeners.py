"""Who wants to be told."""

from collections.abc import Callable
import logging

_LOGGER = logging.getLogger(__name__)


class Listeners[**P]:
    """Listeners in the order in which they came; one that fails harms no other."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._all: dict[object, Callable[P, None]] = {}

    def add(self, listener: Callable[P, None]) -> Callable[[], None]:
        """Tell one more; return what ends that."""
        key = object()
        self._all[key] = listener

        def remove() -> None:
            self._all.pop(key, None)

        return remove

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell all of this moment."""
        for listener in list(self._all.values()):
            try:
                listener(*args, **kwargs)
            except Exception:
                # What is shown must not come between a meter and its stations.
                _LOGGER.exception("A listener of the load management failed")
