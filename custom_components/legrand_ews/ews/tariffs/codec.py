"""A plan as plain data, as actions and stored options carry it, and back."""

from collections.abc import Sequence
from typing import Final

from ..model.plain_data import Data
from ..model.problems import Problem
from ..model.rules import name_key
from ..quantities import Fluid
from .extras_codec import decode_extras, encode_extras, prices_data
from .plan import (
    DAY_MINUTES,
    EVERY_DAY,
    CostRule,
    Mode,
    Tariff,
    TariffPlan,
)
from .reading import Reader, day_text

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_COLORS: Final = ("#d62728", "#1f77b4", "#2ca02c", "#ff7f0e", "#9467bd")


def encode_plan(plan: TariffPlan) -> dict[str, object]:
    """Return a plan as JSON knows it: decimals and dates as texts."""
    return {
        "fluid": plan.fluid.value,
        "mode": plan.mode.value,
        "tariffs": [_tariff_data(tariff) for tariff in plan.tariffs],
        "rules": [_rule_data(rule, plan) for rule in plan.rules],
        **encode_extras(plan.extras),
    }


def decode_plan(data: Data) -> tuple[TariffPlan, list[Problem]]:
    """Read a plan; what cannot be read is named, and left out of the plan.

    A tariff without ``id`` gets the next free number. A rule names its tariff by
    name or number. Whether the plan makes sense is asked of `check_plan`.
    """
    reader = _PlanReader()
    tariffs = reader.tariffs(data.get("tariffs", ()))
    plan = TariffPlan(
        fluid=reader.choice(Fluid, data.get("fluid"), "fluid", Fluid.ELECTRICITY),
        tariffs=tariffs,
        rules=reader.rules(data.get("rules", ()), tariffs),
        mode=reader.choice(Mode, data.get("mode"), "mode", Mode.CONTINUOUS),
        extras=decode_extras(data, reader),
    )
    return plan, reader.problems


def minute_text(minute: int) -> str:
    """Return a minute of the day as ``HH:MM``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _tariff_data(tariff: Tariff) -> dict[str, object]:
    data: dict[str, object] = {
        "id": tariff.id,
        "name": tariff.name,
        "color": tariff.color,
        "prices": prices_data(tariff.prices),
    }
    if tariff.price_source is not None:
        data["price_source"] = tariff.price_source
    return data


def _rule_data(rule: CostRule, plan: TariffPlan) -> dict[str, object]:
    tariff = plan.tariffs_by_id.get(rule.tariff_id)
    return {
        "tariff": rule.tariff_id if tariff is None else tariff.name,
        "start_date": day_text(rule.first_day),
        "end_date": day_text(rule.last_day),
        "repeat_yearly": rule.is_yearly,
        "from": minute_text(rule.first_minute),
        "to": minute_text(rule.last_minute),
        "weekdays": [WEEKDAYS[number] for number in sorted(rule.weekdays)],
    }


class _PlanReader(Reader):
    """Reads tariffs and rules."""

    def tariffs(self, data: object) -> tuple[Tariff, ...]:
        rows = self.rows(data, "tariffs")
        taken = {row["id"] for _, row in rows if isinstance(row.get("id"), int)}
        found = []
        for place, (at, row) in enumerate(rows):
            number = row.get("id")
            if not isinstance(number, int):
                number = next(n for n in range(1, len(rows) + 1) if n not in taken)
                taken.add(number)
            found.append(
                Tariff(
                    id=number,
                    name=str(row.get("name") or ""),
                    color=str(
                        row.get("color") or DEFAULT_COLORS[place % len(DEFAULT_COLORS)]
                    ),
                    prices=tuple(self.prices(row.get("prices", ()), f"{at}.prices")),
                    price_source=str(row.get("price_source") or "") or None,
                )
            )
        return tuple(found)

    def rules(self, data: object, tariffs: Sequence[Tariff]) -> tuple[CostRule, ...]:
        numbers = {name_key(tariff.name): tariff.id for tariff in tariffs}
        known = {tariff.id for tariff in tariffs}
        found = []
        for at, row in self.rows(data, "rules"):
            named = row.get("tariff")
            number = named if isinstance(named, int) else None
            if isinstance(named, str):
                number = numbers.get(name_key(named))
            if number is None or number not in known:
                self.wrong(f"{at}.tariff", "tariff_unknown", tariff=named)
                continue
            found.append(self._rule(number, row, at))
        return tuple(found)

    def _rule(self, tariff_id: int, row: Data, at: str) -> CostRule:
        return CostRule(
            tariff_id=tariff_id,
            first_day=self.date(row.get("start_date"), f"{at}.start_date"),
            last_day=self.date(row.get("end_date"), f"{at}.end_date"),
            is_yearly=row.get("repeat_yearly") is True,
            first_minute=self.minute(row.get("from"), f"{at}.from", 0),
            last_minute=self.minute(row.get("to"), f"{at}.to", DAY_MINUTES - 1),
            weekdays=self._weekdays(row.get("weekdays"), f"{at}.weekdays"),
        )

    def _weekdays(self, value: object, at: str) -> frozenset[int]:
        if value is None:
            return EVERY_DAY
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.wrong(at, "weekday_unknown", value=value)
            return EVERY_DAY
        for name in value:
            if name not in WEEKDAYS:
                self.wrong(at, "weekday_unknown", value=name)
        return frozenset(WEEKDAYS.index(name) for name in value if name in WEEKDAYS)
