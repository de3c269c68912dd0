"""A plan that a user has changed, before it counts: numbers of tariffs, and problems."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
import re
from typing import Final, cast

from ..errors import ConfigurationError
from ..model.plain_data import Data
from ..model.problems import Problem, problem
from ..model.rules import name_key
from .book import TariffBook
from .checks import check_plan
from .codec import decode_plan, encode_plan
from .plan import TariffPlan

RECOMPUTE_ALL: Final = "all"
RECOMPUTE_NONE: Final = "none"
RECOMPUTE_FROM: Final = "from:"
_COLOR: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def changed_plan(book: TariffBook, changes: Data) -> tuple[TariffPlan, list[Problem]]:
    """Return the current plan with what ``changes`` brings, and all problems of it.

    What is left out stays as it is. A tariff without ``id`` is the one of the book
    that has its name, or a new one whose number no tariff of the book ever had: what
    was counted under a tariff stays under it.
    """
    given = {key: x for key, x in changes.items() if x is not None}
    data = {**encode_plan(book.current), **given, "fluid": book.fluid.value}
    data["tariffs"] = _numbered(data["tariffs"], book)
    if "rules" not in given:
        data["rules"] = _rules_by_number(book.current, data["tariffs"])
    plan, problems = decode_plan(data)
    return plan, problems or [*check_plan(plan), *_colors(plan)]


def counts_since(recompute: str, today: date) -> date | None:
    """Return the local day from which a change counts; None: ever since.

    ``recompute`` is ``none`` (from today), ``all`` or ``from:`` with a day. Raises
    ConfigurationError ``recompute_invalid`` at field ``recompute``.
    """
    if recompute == RECOMPUTE_ALL:
        return None
    if recompute == RECOMPUTE_NONE:
        return today
    try:
        if recompute.startswith(RECOMPUTE_FROM):
            return date.fromisoformat(recompute.removeprefix(RECOMPUTE_FROM))
    except ValueError:
        pass
    raise ConfigurationError("recompute_invalid", field="recompute", value=recompute)


def recounted(book: TariffBook, first: date | None, last: date | None) -> TariffBook:
    """Let the current plan count on past days too; billed days keep theirs.

    ``first`` and ``last`` are local days, both included; None is without end.
    """
    together = book.revised(book.current, first)
    if last is None:
        return together
    following = last + timedelta(days=1)
    for version in book.versions:
        since = max(version.since or date.min, following)
        together = together.revised(version.plan, since)
    return together


def changed_since(before: TariffBook, after: TariffBook) -> date | None:
    """Return the first local day that two books price by different plans.

    ``date.min`` where they differ ever since, None where they do not.
    """
    days = {
        version.since or date.min
        for book in (before, after)
        for version in book.versions
    }
    return next(
        (day for day in sorted(days) if before.plan_on(day) != after.plan_on(day)), None
    )


def _colors(plan: TariffPlan) -> Iterator[Problem]:
    for index, tariff in enumerate(plan.tariffs):
        if not _COLOR.fullmatch(tariff.color):
            yield problem(f"tariffs[{index}].color", "color_invalid")


def _rules_by_number(plan: TariffPlan, tariffs: object) -> list[Data]:
    """Return the rules of a plan so that they hold to a tariff that is renamed.

    One that was taken away goes by its name, as the user knows it.
    """
    rows = tariffs if isinstance(tariffs, Sequence) else ()
    there = {_number(row) for row in rows}
    encoded = cast("list[Data]", encode_plan(plan)["rules"])
    return [
        {**row, "tariff": rule.tariff_id} if rule.tariff_id in there else row
        for row, rule in zip(encoded, plan.rules, strict=True)
    ]


def _numbered(rows: object, book: TariffBook) -> object:
    """Give tariffs without a number one; what is no list of tariffs stays as it is."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return rows
    by_name = {name_key(tariff.name): tariff.id for tariff in book.tariffs}
    given = {number for row in rows if (number := _number(row)) is not None}
    highest = max([*given, *(tariff.id for tariff in book.tariffs)], default=0)
    fresh = iter(range(highest + 1, highest + len(rows) + 1))
    return list(_with_numbers(rows, by_name, given, fresh))


def _with_numbers(
    rows: Sequence[object],
    by_name: Mapping[str, int],
    taken: set[int],
    fresh: Iterator[int],
) -> Iterator[object]:
    for row in rows:
        if not isinstance(row, Mapping) or _number(row) is not None:
            yield row
            continue
        number = by_name.get(name_key(str(row.get("name") or "")))
        if number is None or number in taken:
            number = next(fresh)
        taken.add(number)
        yield {**row, "id": number}


def _number(row: object) -> int | None:
    number = row.get("id") if isinstance(row, Mapping) else None
    return number if isinstance(number, int) else None
