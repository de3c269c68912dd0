"""Home Assistant's energy dashboard: shows what would be added, and asks first."""

from collections.abc import Iterable

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlow,
)
from homeassistant.exceptions import HomeAssistantError
import probatio

from ..energy_dashboard.plan import Addition, Role
from ..energy_dashboard.setting_up import (
    async_apply_energy,
    async_plan_energy,
    statistic_name,
)
from .forms import Input
from .texts import async_option_text


class EnergySteps(OptionsFlow):
    """The step that sets the energy dashboard up."""

    async def async_step_energy_dashboard(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Show what the energy dashboard lacks; add it when the user agrees."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="site_not_running")
        try:
            plan = await async_plan_energy(self.hass, self.config_entry)
        except HomeAssistantError:
            return self.async_abort(reason="energy_missing")
        if not plan.additions:
            return self.async_abort(reason="energy_dashboard_complete")
        if user_input is not None:
            await async_apply_energy(self.hass, plan)
            return self.async_abort(reason="energy_dashboard_set_up")
        return self.async_show_form(
            step_id="energy_dashboard",
            data_schema=probatio.Schema({}),
            description_placeholders={"changes": await self._list(plan.additions)},
        )

    async def _list(self, additions: Iterable[Addition]) -> str:
        """Return a line a statistic: what it becomes, and what it is a part of."""
        lines: list[str] = []
        for one in additions:
            role = await async_option_text(self.hass, "energy_role", one.role)
            line = f"- {role}: {statistic_name(self.hass, one.statistic_id)}"
            if one.return_id is not None:
                line += f" / {statistic_name(self.hass, one.return_id)}"
            if one.cost_id is not None and one.role is not Role.COST:
                line += (
                    f" ({await async_option_text(self.hass, 'energy_cost', 'ours')})"
                )
            if one.included_in is not None:
                line += f" ⊂ {statistic_name(self.hass, one.included_in)}"
            lines.append(line)
        return "\n".join(lines)
