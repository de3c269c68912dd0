"""Everything about money of one site: its currency, and a book for every fluid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
import json
from typing import Final, Self

from ..model.plain_data import Data
from ..model.problems import Problem, problem
from ..quantities import Fluid
from .book import FrozenPeriod, PlanVersion, TariffBook
from .codec import decode_plan, encode_plan
from .plan import TariffPlan

PRICED_FLUIDS: Final = (
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

    def with_book(self, book: TariffBook) -> Self:
        """Return the same with another book of its fluid."""
        return replace(self, books={**self.books, book.fluid: book})

    def book_of(self, fluid: Fluid) -> TariffBook:
        """Return a fluid's book; an empty one where nothing was set up."""
        priced = Fluid.GAS if fluid is Fluid.GAS_KWH else fluid
        return self.books.get(priced) or TariffBook.of(TariffPlan(fluid=priced))


def encode_settings(settings: BillingSettings) -> dict[str, object]:
    """Return settings as the options of a site keep them (see `decode_settings`)."""
    return {
        "currency": settings.currency,
        **{fluid.value: encode_book(book) for fluid, book in settings.books.items()},
    }


def decode_settings(
    data: object, currency: str
) -> tuple[BillingSettings, list[Problem]]:
    """Read what `encode_settings` wrote; without a currency ``currency`` is meant.

    What cannot be read is named by its place, as ``gas.versions[0].since``, and left
    out: a fluid of which nothing can be read is free.
    """
    if data is None:
        return BillingSettings(currency=currency), []
    if not isinstance(data, Mapping):
        return BillingSettings(currency=currency), [problem("tariffs", "list_expected")]
    books: dict[Fluid, TariffBook] = {}
    problems: list[Problem] = []
    for fluid in PRICED_FLUIDS:
        if data.get(fluid.value) is None:
            continue
        book, found = decode_book(fluid, data[fluid.value])
        problems += (replace(x, field=f"{fluid.value}.{x.field}") for x in found)
        books[fluid] = book
    named = data.get("currency")
    chosen = named if isinstance(named, str) and named else currency
    return BillingSettings(currency=chosen, books=books), problems


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


def version_of(book: TariffBook) -> str:
    """Return a short text that is another one as soon as any plan of a book is."""
    plans = json.dumps(encode_book(book)["versions"], sort_keys=True)
    return blake2b(plans.encode(), digest_size=8).hexdigest()


def decode_book(fluid: Fluid, data: object) -> tuple[TariffBook, list[Problem]]:
    """Read what `encode_book` wrote, and name what cannot be read.

    The versions come back in order of time; what is unreadable is left out, and the
    earliest that is left counts since ever.
    """
    reader = _Reader(fluid)
    rows = data if isinstance(data, Mapping) else {}
    if rows is not data:
        reader.wrong("versions", "list_expected")
    versions = reader.versions(rows.get("versions", ()))
    frozen = reader.frozen(rows.get("frozen", ()))
    return TariffBook(fluid=fluid, versions=versions, frozen=frozen), reader.problems


class _Reader:
    """Reads the rows of a book and collects what is wrong with them."""

    def __init__(self, fluid: Fluid) -> None:
        self.problems: list[Problem] = []
        self._fluid = fluid

    def versions(self, data: object) -> tuple[PlanVersion, ...]:
        known: dict[date, TariffPlan] = {}
        for at, row in self._rows(data, "versions"):
            since = self._day(row.get("since"), f"{at}.since", date.min)
            plan_data = row.get("plan")
            if not isinstance(plan_data, Mapping):
                self.wrong(f"{at}.plan", "list_expected")
                continue
            plan, found = decode_plan(plan_data)
            self.problems += (replace(x, field=f"{at}.plan.{x.field}") for x in found)
            if since is not None:
                known[since] = replace(plan, fluid=self._fluid)
        if not known:
            return (PlanVersion(plan=TariffPlan(fluid=self._fluid)),)
        first = min(known)
        return tuple(
            PlanVersion(since=None if day == first else day, plan=known[day])
            for day in sorted(known)
        )

    def frozen(self, data: object) -> tuple[FrozenPeriod, ...]:
        periods: list[FrozenPeriod] = []
        for at, row in self._rows(data, "frozen"):
            first = self._day(row.get("first"), f"{at}.first", None)
            last = self._day(row.get("last"), f"{at}.last", None)
            if first is None or last is None:
                continue
            if last < first:
                self.wrong(f"{at}.last", "period_reversed", start=first, end=last)
                continue
            periods.append(FrozenPeriod(first_day=first, last_day=last))
        return tuple(sorted(periods, key=lambda period: period.first_day))

    def wrong(self, at: str, key: str, **placeholders: object) -> None:
        self.problems.append(problem(at, key, **placeholders))

    def _day(self, value: object, at: str, default: date | None) -> date | None:
        if value is None and default is not None:
            return default
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(at, "date_invalid", value=value)
            return None

    def _rows(self, data: object, at: str) -> Iterator[tuple[str, Data]]:
        if not isinstance(data, Sequence) or isinstance(data, str):
            self.wrong(at, "list_expected")
            return
        for index, row in enumerate(data):
            if isinstance(row, Mapping):
                yield f"{at}[{index}]", row
            else:
                self.wrong(f"{at}[{index}]", "list_expected")


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
