"""A plan as plain data, as actions and stored options carry it, and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Final

from ..model.problems import Problem, problem
from ..model.rules import name_key
from ..quantities import Fluid
from .plan import (
    DAY_MINUTES,
    EVERY_DAY,
    CostRule,
    Mode,
    Price,
    Tariff,
    TariffPlan,
)

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_COLORS: Final = ("#d62728", "#1f77b4", "#2ca02c", "#ff7f0e", "#9467bd")

type Data = Mapping[str, object]


def encode_plan(plan: TariffPlan) -> dict[str, object]:
    """Return a plan as JSON knows it: decimals and dates as texts."""
    return {
        "fluid": plan.fluid.value,
        "mode": plan.mode.value,
        "tariffs": [_tariff_data(tariff) for tariff in plan.tariffs],
        "rules": [_rule_data(rule, plan) for rule in plan.rules],
    }


def decode_plan(data: Data) -> tuple[TariffPlan, list[Problem]]:
    """Read a plan; what cannot be read is named, and left out of the plan.

    A tariff without ``id`` gets the next free number. A rule names its tariff by
    name or number. Whether the plan makes sense is asked of `check_plan`.
    """
    reader = _Reader()
    tariffs = reader.tariffs(data.get("tariffs", ()))
    plan = TariffPlan(
        fluid=reader.choice(Fluid, data.get("fluid"), "fluid", Fluid.ELECTRICITY),
        tariffs=tariffs,
        rules=reader.rules(data.get("rules", ()), tariffs),
        mode=reader.choice(Mode, data.get("mode"), "mode", Mode.CONTINUOUS),
    )
    return plan, reader.problems


def minute_text(minute: int) -> str:
    """Return a minute of the day as ``HH:MM``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _tariff_data(tariff: Tariff) -> dict[str, object]:
    return {
        "id": tariff.id,
        "name": tariff.name,
        "color": tariff.color,
        "prices": [
            {"from": _date_text(price.valid_from), "price": str(price.amount)}
            for price in tariff.prices
        ],
    }


def _rule_data(rule: CostRule, plan: TariffPlan) -> dict[str, object]:
    tariff = plan.tariffs_by_id.get(rule.tariff_id)
    return {
        "tariff": rule.tariff_id if tariff is None else tariff.name,
        "start_date": _date_text(rule.first_day),
        "end_date": _date_text(rule.last_day),
        "repeat_yearly": rule.is_yearly,
        "from": minute_text(rule.first_minute),
        "to": minute_text(rule.last_minute),
        "weekdays": [WEEKDAYS[number] for number in sorted(rule.weekdays)],
    }


def _date_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class _Reader:
    """Reads plain data and collects what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tariffs(self, data: object) -> tuple[Tariff, ...]:
        rows = self._rows(data, "tariffs")
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
                    prices=tuple(self._prices(row.get("prices", ()), f"{at}.prices")),
                )
            )
        return tuple(found)

    def rules(self, data: object, tariffs: Sequence[Tariff]) -> tuple[CostRule, ...]:
        numbers = {name_key(tariff.name): tariff.id for tariff in tariffs}
        known = {tariff.id for tariff in tariffs}
        found = []
        for at, row in self._rows(data, "rules"):
            named = row.get("tariff")
            number = named if isinstance(named, int) else None
            if isinstance(named, str):
                number = numbers.get(name_key(named))
            if number is None or number not in known:
                self._wrong(f"{at}.tariff", "tariff_unknown", tariff=named)
                continue
            found.append(self._rule(number, row, at))
        return tuple(found)

    def choice[E: (Fluid, Mode)](
        self, kind: type[E], value: object, at: str, default: E
    ) -> E:
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            choices = ", ".join(kind)
            self._wrong(at, "choice_unknown", value=value, choices=choices)
            return default

    def _rule(self, tariff_id: int, row: Data, at: str) -> CostRule:
        return CostRule(
            tariff_id=tariff_id,
            first_day=self._date(row.get("start_date"), f"{at}.start_date"),
            last_day=self._date(row.get("end_date"), f"{at}.end_date"),
            is_yearly=row.get("repeat_yearly") is True,
            first_minute=self._minute(row.get("from"), f"{at}.from", 0),
            last_minute=self._minute(row.get("to"), f"{at}.to", DAY_MINUTES - 1),
            weekdays=self._weekdays(row.get("weekdays"), f"{at}.weekdays"),
        )

    def _prices(self, data: object, at: str) -> Iterable[Price]:
        for where, row in self._rows(data, at):
            try:
                amount = Decimal(str(row.get("price")))
            except InvalidOperation:
                amount = Decimal("NaN")
            if not amount.is_finite():
                self._wrong(f"{where}.price", "price_invalid", value=row.get("price"))
                continue
            day = self._date(row.get("from"), f"{where}.from")
            yield Price(valid_from=day, amount=amount)

    def _date(self, value: object, at: str) -> date | None:
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._wrong(at, "date_invalid", value=value)
            return None

    def _minute(self, value: object, at: str, default: int) -> int:
        if value is None or value == "":
            return default
        try:
            moment = (
                value if isinstance(value, time) else time.fromisoformat(str(value))
            )
        except ValueError:
            self._wrong(at, "time_invalid", value=value)
            return default
        return moment.hour * 60 + moment.minute

    def _weekdays(self, value: object, at: str) -> frozenset[int]:
        if value is None:
            return EVERY_DAY
        if not isinstance(value, Sequence) or isinstance(value, str):
            self._wrong(at, "weekday_unknown", value=value)
            return EVERY_DAY
        for name in value:
            if name not in WEEKDAYS:
                self._wrong(at, "weekday_unknown", value=name)
        return frozenset(WEEKDAYS.index(name) for name in value if name in WEEKDAYS)

    def _rows(self, data: object, at: str) -> list[tuple[str, Data]]:
        if not isinstance(data, Sequence) or isinstance(data, str):
            self._wrong(at, "list_expected")
            return []
        rows = []
        for index, row in enumerate(data):
            if isinstance(row, Mapping):
                rows.append((f"{at}[{index}]", row))
            else:
                self._wrong(f"{at}[{index}]", "list_expected")
        return rows

    def _wrong(self, at: str, key: str, **placeholders: object) -> None:
        self.problems.append(problem(at, key, **placeholders))
