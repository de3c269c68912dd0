"""Tariffs and cost rules as rows of a form, and back to what the core reads."""

from collections.abc import Iterable, Mapping, Sequence
import re
from typing import Any, Final

from homeassistant.helpers.selector import (
    ColorRGBSelector,
    DateSelector,
    ObjectSelector,
    ObjectSelectorConfig,
    TimeSelector,
)

from ..ews.model.problems import Problem
from ..ews.tariffs import TariffPlan, encode_plan
from ..ews.tariffs.codec import WEEKDAYS
from ..ews.tariffs.currency import plain
from .forms import (
    FIXED_TEXT,
    SWITCH,
    TEXT,
    FormErrors,
    choice,
    color_of_rgb,
    pick,
    rgb_of_color,
)

type Row = dict[str, Any]

TARIFFS: Final = "tariffs"
RULES: Final = "rules"
_PLACE: Final = re.compile(r"(tariffs|rules)\[(\d+)\]")

_PRICES: Final = ObjectSelector(
    ObjectSelectorConfig(
        fields={
            "price": {"selector": TEXT, "required": True},
            "from": {"selector": DateSelector()},
        },
        multiple=True,
        label_field="price",
        description_field="from",
        translation_key="tariff_price",
    )
)
TARIFF_LIST: Final = ObjectSelector(
    ObjectSelectorConfig(
        fields={
            "name": {"selector": TEXT, "required": True},
            "color": {"selector": ColorRGBSelector()},
            "prices": {"selector": _PRICES, "required": True},
            "id": {"selector": FIXED_TEXT},
        },
        multiple=True,
        label_field="name",
        translation_key="tariff",
    )
)


def rule_list(names: Iterable[str]) -> ObjectSelector:
    """Return the list of rules; dragging them changes their order (S111)."""
    # The list shows what was chosen, so a tariff is chosen by its name.
    labels = {name: name for name in names}
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                "tariff": {"selector": pick(labels), "required": True},
                "from": {"selector": TimeSelector()},
                "to": {"selector": TimeSelector()},
                "weekdays": {
                    "selector": choice(list(WEEKDAYS), "weekday", multiple=True)
                },
                "start_date": {"selector": DateSelector()},
                "end_date": {"selector": DateSelector()},
                "repeat_yearly": {"selector": SWITCH},
            },
            multiple=True,
            translation_key="cost_rule",
        )
    )


def tariff_rows(plan: TariffPlan) -> list[Row]:
    """Return tariffs as the form shows them."""
    rows = []
    for tariff in plan.tariffs:
        prices: list[Row] = []
        for price in tariff.prices:
            prices.append({"price": plain(price.amount)})
            if price.valid_from is not None:
                prices[-1]["from"] = price.valid_from.isoformat()
        rows.append(
            {
                "name": tariff.name,
                "color": rgb_of_color(tariff.color),
                "prices": prices,
                "id": str(tariff.id),
            }
        )
    return rows


def rule_rows(plan: TariffPlan) -> list[Row]:
    """Return rules as the form shows them: what says nothing is left empty."""
    rows = []
    for row in _rows(encode_plan(plan)[RULES]):
        shown = {key: value for key, value in row.items() if value is not None}
        if len(shown["weekdays"]) == len(WEEKDAYS):
            del shown["weekdays"]
        if not shown["repeat_yearly"]:
            del shown["repeat_yearly"]
        # Where the whole day is meant, its minutes say nothing.
        if (shown["from"], shown["to"]) == ("00:00", "23:59"):
            del shown["from"], shown["to"]
        else:
            shown["from"], shown["to"] = f"{shown['from']}:00", f"{shown['to']}:00"
        rows.append(shown)
    return rows


def tariffs_of_rows(rows: Sequence[Row], plan: TariffPlan) -> list[Row]:
    """Return the rows of a form as the core reads them.

    What the form does not show of a tariff stays as it is.
    """
    known = {str(row["id"]): row for row in _rows(encode_plan(plan)[TARIFFS])}
    tariffs = []
    for row in rows:
        number = row.get("id", "")
        tariff = {**known.get(number, {}), "name": row["name"].strip()}
        tariff["prices"] = [
            {"from": price.get("from"), "price": point_of(price["price"])}
            for price in row["prices"]
        ]
        if "color" in row:
            tariff["color"] = color_of_rgb(row["color"])
        if number.isdecimal():
            tariff["id"] = int(number)
        tariffs.append(tariff)
    return tariffs


def rules_of_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a form as the core reads them: no weekday means every day."""
    return [{**row, "weekdays": row.get("weekdays") or None} for row in rows]


def point_of(text: str) -> str:
    """Return a number as the core reads it, whichever decimal sign was typed."""
    return text.strip().replace(",", ".")


def add_problems(
    errors: FormErrors, problems: Iterable[Problem], shown: Sequence[str]
) -> None:
    """Put problems at the fields that are shown, and name the row at fault.

    A rule that is not shown misses a tariff that is taken away.
    """
    for problem in problems:
        place = _PLACE.match(problem.field)
        at = problem.field if place is None else place[1]
        values = dict(problem.placeholders)
        if place is not None:
            values["row"] = str(int(place[2]) + 1)
        key = problem.key
        if at not in shown:
            at = shown[0]
            key = "tariff_in_use" if key == "tariff_unknown" else key
        errors.add(at, key, values)


def _rows(data: object) -> Sequence[Mapping[str, Any]]:
    return data if isinstance(data, list) else ()
