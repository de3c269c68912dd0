"""Everything about money of one site: its currency, and a book for every fluid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..model.problems import Problem
from ..quantities import Fluid
from .book import FrozenPeriod, PlanVersion, TariffBook
from .codec import Data, decode_plan, encode_plan
from .plan import TariffPlan

PRICED_FLUIDS = (
    Fluid.ELECTRICITY,
    Fluid.ELECTRICITY_EXPORT,
    Fluid.GAS,
    Fluid.WATER,
)
"""What has a price of its own; the energy of gas costs what its volume does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingSettings:
    """``currency`` is a code of ISO 4217 (S102); a fluid without a book is free."""

    currency: str
    books: Mapping[Fluid, TariffBook] = field(default_factory=dict)

    def book_of(self, fluid: Fluid) -> TariffBook:
        """Return a fluid's book; an empty one where nothing was set up."""
        priced = Fluid.GAS if fluid is Fluid.GAS_KWH else fluid
        return self.books.get(priced) or TariffBook.of(TariffPlan(fluid=priced))


def encode_book(book: TariffBook) -> dict[str, object]:
    """Return a book as the options of a site keep it."""
    return {
        "versions": [
            {"since": _text(version.since), "plan": encode_plan(version.plan)}
            for version in book.versions
        ],
        "frozen": [
            {"first": _text(period.first_day), "last": _text(period.last_day)}
            for period in book.frozen
        ],
    }


def decode_book(fluid: Fluid, data: Data) -> tuple[TariffBook, list[Problem]]:
    """Read what `encode_book` wrote, and name what cannot be read."""
    versions: list[PlanVersion] = []
    problems: list[Problem] = []
    for row in data["versions"]:  # type: ignore[attr-defined]
        plan, found = decode_plan(row["plan"])
        problems += found
        versions.append(PlanVersion(since=_day(row["since"]), plan=plan))
    frozen = tuple(
        FrozenPeriod(
            first_day=date.fromisoformat(row["first"]),
            last_day=date.fromisoformat(row["last"]),
        )
        for row in data.get("frozen", ())  # type: ignore[attr-defined]
    )
    return TariffBook(fluid=fluid, versions=tuple(versions), frozen=frozen), problems


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
