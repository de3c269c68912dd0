"""Fees, levies, tiers, capacity and taxes as rows of a form, and back to the core's."""

from collections.abc import Iterable, Mapping, Sequence
import re
from typing import Any, Final

from homeassistant.helpers.selector import (
    DateSelector,
    EntitySelector,
    EntitySelectorConfig,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    StatisticSelector,
)

from ..ews.model.problems import Problem
from ..ews.tariffs import Basis, PeakInterval, Per, TariffPlan, encode_plan
from .forms import SWITCH, TEXT, FormErrors, choice, number, pick, whole
from .tariff_form import Row, point_of

LISTS: Final = ("fees", "levies", "tiers", "capacity", "taxes")
"""The lists of the form; of capacity there is at most one."""
_PLACE: Final = re.compile(r"(fees|levies|tiers|taxes)\[(\d+)\]|(capacity)\b")
_AMOUNTS: Final = ("price", "percent", "above", "minimum")
"""Fields that hold numbers as they were typed."""


def _dated(field: str, translation_key: str) -> ObjectSelector:
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                field: {"selector": TEXT, "required": True},
                "from": {"selector": DateSelector()},
            },
            multiple=True,
            label_field=field,
            description_field="from",
            translation_key=translation_key,
        )
    )


def _rows(translation_key: str, **fields: ObjectSelectorField) -> ObjectSelector:
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={"name": {"selector": TEXT, "required": True}, **fields},
            multiple=True,
            label_field="name",
            translation_key=translation_key,
        )
    )


_PRICES: Final[ObjectSelectorField] = {
    "selector": _dated("price", "dated_amount"),
    "required": True,
}
CHARGE_LISTS: Final[Mapping[str, ObjectSelector]] = {
    "fees": _rows(
        "fee",
        per={"selector": choice(list(Per), "fee_per"), "required": True},
        prices=_PRICES,
    ),
    "levies": _rows("levy", prices=_PRICES),
    "tiers": _rows("tier", above={"selector": TEXT, "required": True}, prices=_PRICES),
    "capacity": _rows(
        "capacity_price",
        interval={"selector": choice(list(PeakInterval), "peak_interval")},
        minimum={"selector": TEXT},
        prices=_PRICES,
    ),
    "taxes": _rows(
        "tax",
        on={"selector": choice(list(Basis), "tax_basis")},
        not_on_taxes={"selector": SWITCH},
        percents={"selector": _dated("percent", "dated_percent"), "required": True},
    ),
}
BILLING_DAY: Final = number()


def source_list(names: Iterable[str]) -> ObjectSelector:
    """Return the list that gives tariffs the sources of their prices."""
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                "tariff": {
                    "selector": pick({name: name for name in names}),
                    "required": True,
                },
                "entity": {
                    "selector": EntitySelector(
                        EntitySelectorConfig(
                            domain=["sensor", "input_number", "number"]
                        )
                    )
                },
                "statistic": {"selector": StatisticSelector()},
            },
            multiple=True,
            label_field="tariff",
            translation_key="price_source",
        )
    )


def charge_rows(plan: TariffPlan) -> dict[str, Any]:
    """Return what a plan has beside its tariffs as the form shows it."""
    data = encode_plan(plan)
    capacity = data.get("capacity")
    shown = {key: _shown(data.get(key, ())) for key in LISTS if key != "capacity"}
    shown["capacity"] = [] if capacity is None else _shown([capacity])
    for row in shown["taxes"]:
        if not row.pop("on_taxes"):
            row["not_on_taxes"] = True
    return {**shown, "billing_day": plan.extras.billing_day}


def charges_of_rows(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows of a form as the core reads them; empty lists take away.

    Raises ConfigurationError ``number_invalid`` for a day that is none.
    """
    changes = {key: [_read(row) for row in form.get(key, [])] for key in LISTS}
    for row in changes["taxes"]:
        row["on_taxes"] = not row.pop("not_on_taxes", False)
    capacity = changes.pop("capacity")
    return {
        **changes,
        "capacity": capacity[0] if capacity else {},
        "billing_day": whole(form, "billing_day", 1),
    }


def add_charge_problems(errors: FormErrors, problems: Iterable[Problem]) -> None:
    """Put problems at the list that is at fault, and name the row."""
    for problem in problems:
        place = _PLACE.match(problem.field)
        values = dict(problem.placeholders)
        if place is None:
            errors.add(problem.field, problem.key, values)
            continue
        values["row"] = "1" if place[2] is None else str(int(place[2]) + 1)
        errors.add(place[1] or place[3], problem.key, values)


def _shown(rows: object) -> list[Row]:
    """Leave out what says nothing: an empty date."""
    found = []
    for row in rows if isinstance(rows, Sequence) else ():
        shown = dict(row)
        for key in ("prices", "percents"):
            if key in shown:
                shown[key] = [
                    {k: v for k, v in price.items() if v is not None}
                    for price in shown[key]
                ]
        found.append(shown)
    return found


def _read(row: Mapping[str, Any]) -> Row:
    read = {key: value for key, value in row.items() if value not in (None, "")}
    for key, value in read.items():
        if key in _AMOUNTS:
            read[key] = point_of(str(value))
        elif isinstance(value, list):
            read[key] = [_read(one) for one in value]
    return read
