"""Currency, tariffs and cost rules of a site (S101 to S111, S271)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import DateSelector
import probatio

from ..ews.errors import ConfigurationError
from ..ews.model.problems import Problem
from ..ews.quantities import Fluid
from ..ews.tariffs import Mode, TariffPlan
from ..ews.tariffs.book import TariffBook
from ..ews.tariffs.currency import CURRENCIES, checked_currency
from ..ews.tariffs.revising import changed_plan
from ..ews.tariffs.settings import PRICED_FLUIDS
from ..sentences import async_sentences
from ..tariffs.change import CountsFor, TariffChange, async_preview, today_of
from ..tariffs.settings import billing_of, chosen_currency, with_book, with_currency
from .forms import TEXT, FormErrors, Input, choice, search
from .listed import async_speaking
from .tariff_form import (
    RULES,
    TARIFF_LIST,
    TARIFFS,
    add_problems,
    point_of,
    rule_list,
    rule_rows,
    rules_of_rows,
    tariff_rows,
    tariffs_of_rows,
)
from .texts import async_option_text

_DEFAULT_TARIFF: Final = "DEFAULT"
"""The one tariff of a site that has only one price (S101)."""
_MENU: Final = "tariffs_"
_ELECTRIC: Final = frozenset({Fluid.ELECTRICITY, Fluid.ELECTRICITY_EXPORT})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A book under change: ``changes`` are what the user has sent so far."""

    book: TariffBook
    changes: Mapping[str, Any]
    plan: TariffPlan


class TariffSteps(OptionsFlow):
    """The steps that ask for currency, tariffs and rules, and when they count."""

    _tariff_draft: _Draft
    _tariff_change: TariffChange

    async def async_step_tariffs(self, user_input: Input = None) -> ConfigFlowResult:
        """Offer the fluids."""
        return self.async_show_menu(
            step_id="tariffs",
            menu_options=[*(f"{_MENU}{fluid}" for fluid in PRICED_FLUIDS), "currency"],
        )

    async def async_step_currency(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the currency (S102); Home Assistant's if none is chosen."""
        errors = FormErrors()
        chosen = chosen_currency(self.config_entry)
        if user_input is not None:
            chosen = user_input.get("currency")
            try:
                code = checked_currency(chosen) if chosen else None
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                return self.async_create_entry(
                    data=with_currency(self.config_entry, code)
                )
        field = probatio.Optional("currency", description={"suggested_value": chosen})
        codes = search({code: code for code in sorted(CURRENCIES)})
        return self.async_show_form(
            step_id="currency",
            data_schema=probatio.Schema({field: codes}),
            errors=errors.errors,
            description_placeholders={
                "default": self.hass.config.currency,
                **errors.placeholders,
            },
        )

    async def async_step_tariffs_electricity(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Begin with what is taken from the grid."""
        return await self._open_fluid(Fluid.ELECTRICITY)

    async def async_step_tariffs_electricity_export(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Begin with what is fed in."""
        return await self._open_fluid(Fluid.ELECTRICITY_EXPORT)

    async def async_step_tariffs_gas(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Begin with gas."""
        return await self._open_fluid(Fluid.GAS)

    async def async_step_tariffs_water(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Begin with water."""
        return await self._open_fluid(Fluid.WATER)

    async def _open_fluid(self, fluid: Fluid) -> ConfigFlowResult:
        book = billing_of(self.hass, self.config_entry).book_of(fluid)
        self._tariff_draft = _Draft(book=book, changes={}, plan=book.current)
        return await self.async_step_tariff_fluid()

    async def async_step_tariff_fluid(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Offer what there is to be set of a fluid."""
        plan = self._tariff_draft.plan
        options = ["tariff_list", "cost_rules", "charges", "price_sources"]
        if not plan.tariffs:
            options = ["one_price", "tariff_list"]
        sentence = await async_sentences(self.hass, self.hass.config.language)
        counts = {"tariffs": str(len(plan.tariffs)), "rules": str(len(plan.rules))}
        return self.async_show_menu(
            step_id="tariff_fluid",
            menu_options=options,
            description_placeholders={
                **await self._fluid_names(),
                "summary": sentence("tariff_summary", counts),
            },
        )

    async def async_step_one_price(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the price of a fluid that has only one: a rule that is always true."""
        errors = FormErrors()
        price = "" if user_input is None else user_input["price"]
        if user_input is not None:
            prices = [{"price": point_of(price)}]
            tariffs = [{"name": _DEFAULT_TARIFF, "prices": prices}]
            rules = [{"tariff": _DEFAULT_TARIFF}]
            problems = self._take_tariffs({TARIFFS: tariffs, RULES: rules})
            if not problems:
                return await self.async_step_tariff_change()
            for found in problems:
                errors.add("price", found.key, found.placeholders)
        return self.async_show_form(
            step_id="one_price",
            data_schema=probatio.Schema(
                {probatio.Required("price", default=price): TEXT}
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    async def async_step_tariff_list(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for the tariffs and their prices (S104 to S107)."""
        errors = FormErrors()
        rows = tariff_rows(self._tariff_draft.plan)
        if user_input is not None:
            rows = user_input.get(TARIFFS, [])
            given = tariffs_of_rows(rows, self._tariff_draft.book.current)
            add_problems(errors, self._take_tariffs({TARIFFS: given}), [TARIFFS])
            if not errors:
                if (
                    self._tariff_draft.plan.tariffs
                    and not self._tariff_draft.plan.rules
                ):
                    return await self.async_step_cost_rules()
                return await self.async_step_tariff_change()
        listed = await async_speaking(self.hass, TARIFF_LIST)
        return self.async_show_form(
            step_id="tariff_list",
            data_schema=probatio.Schema(
                {probatio.Optional(TARIFFS, default=rows): listed}
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    async def async_step_cost_rules(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the rules, the first to be true on top (S108 to S111)."""
        errors = FormErrors()
        plan = self._tariff_draft.plan
        rows, mode = rule_rows(plan), plan.mode.value
        if user_input is not None:
            rows, mode = user_input.get(RULES, []), user_input["mode"]
            changes = {RULES: rules_of_rows(rows), "mode": mode}
            add_problems(errors, self._take_tariffs(changes), [RULES, "mode"])
            if not errors:
                return await self.async_step_tariff_change()
        names = [tariff.name for tariff in plan.tariffs]
        listed = await async_speaking(self.hass, rule_list(names))
        return self.async_show_form(
            step_id="cost_rules",
            data_schema=probatio.Schema(
                {
                    probatio.Optional(RULES, default=rows): listed,
                    probatio.Required("mode", default=mode): choice(
                        list(Mode), "cost_mode"
                    ),
                }
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    async def async_step_tariff_change(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask for which consumption the change counts."""
        draft, errors = self._tariff_draft, FormErrors()
        today = today_of(self.hass)
        is_new = not draft.book.current.rules
        counts_for = CountsFor.ALL if is_new else CountsFor.TODAY
        day = today.isoformat()
        if user_input is not None:
            counts_for = CountsFor(user_input["counts_for"])
            day = user_input.get("day", "")
            if counts_for is CountsFor.DAY and not day:
                errors.add("day", "day_missing", {})
            else:
                since = counts_for.since(today, day)
                self._tariff_change = TariffChange(
                    before=draft.book, after=draft.book.revised(draft.plan, since)
                )
                return await self.async_step_tariff_confirm()
        return self.async_show_form(
            step_id="tariff_change",
            data_schema=probatio.Schema(
                {
                    probatio.Required("counts_for", default=counts_for.value): choice(
                        list(CountsFor), "counts_for"
                    ),
                    probatio.Optional(
                        "day", description={"suggested_value": day}
                    ): DateSelector(),
                }
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    async def async_step_tariff_confirm(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Show what the change does to past costs, and what is odd in the rules."""
        if user_input is not None:
            change = self._tariff_change
            stored = billing_of(self.hass, self.config_entry)
            if stored.book_of(change.before.fluid) != change.before:
                return self.async_abort(reason="tariffs_changed")
            return self.async_create_entry(
                data=with_book(self.config_entry.options, change.after)
            )
        language = self.hass.config.language
        lines = await async_preview(
            self.hass, self.config_entry, self._tariff_change, language
        )
        return self.async_show_form(
            step_id="tariff_confirm",
            data_schema=probatio.Schema({}),
            description_placeholders={
                **await self._fluid_names(),
                "preview": "\n".join(f"- {line}" for line in lines),
            },
        )

    def _take_tariffs(self, changes: Mapping[str, Any]) -> list[Problem]:
        """Add to the draft what makes sense; the old rules stay in force anyway."""
        draft = self._tariff_draft
        together = {**draft.changes, **changes}
        plan, problems = changed_plan(draft.book, together)
        if not problems:
            self._tariff_draft = replace(draft, changes=together, plan=plan)
        return problems

    async def _fluid_names(self) -> dict[str, str]:
        fluid = self._tariff_draft.book.fluid
        currency = billing_of(self.hass, self.config_entry).currency
        per = "kWh" if fluid in _ELECTRIC else "m³"
        name = await async_option_text(self.hass, "fluid", fluid)
        return {"fluid": name, "unit": f"{currency}/{per}"}
