"""Ledgers of every fluid, for whoever writes costs beside amounts."""

from ..archive import Archive
from ..quantities import Fluid
from .books import Books
from .ledger import Ledger


class Ledgers:
    """The books of a site and its archive."""

    def __init__(self, books: Books, archive: Archive) -> None:
        """Price what ``archive`` holds with ``books``."""
        self._books = books
        self._archive = archive

    @property
    def currency(self) -> str:
        """A code of ISO 4217."""
        return self._books.currency

    def has_prices(self, fluid: Fluid) -> bool:
        """Whether any plan of a fluid has a tariff."""
        return self._books.has_prices(fluid)

    def of(self, fluid: Fluid) -> Ledger:
        """A fresh ledger: what it has read goes with it."""
        timeline = self._books.timeline(fluid)
        return Ledger(self._archive, fluid, timeline, self._books.zone)
