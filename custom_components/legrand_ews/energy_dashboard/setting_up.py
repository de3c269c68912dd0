"""Sets Home Assistant's energy dashboard up with the meters of a site.

Only ever on request, and after showing what would be added. The grid is the main meter
where there is just one, else the site's total; all other meters are individual devices,
sub-meters inside their main meters.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from homeassistant.components.energy.data import async_get_manager
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..const import DOMAIN
from ..costs.statistics import cost_statistic_id
from ..entity import SITE
from ..errors import failed
from ..ews.consumption import Directory, weights_of
from ..ews.model import Device, ObjectKind
from ..ews.quantities import FLUID_COUNTERS, Fluid
from ..runtime import EwsConfigEntry
from .plan import Addition, EnergyPlan, Meter, Role, Sources, plan_energy

SET_UP_ENERGY_DASHBOARD: Final = "set_up_energy_dashboard"
ENERGY: Final = "energy"
_POWER: Final = "active_power"
_COSTS: Final = {
    Role.GRID: Fluid.ELECTRICITY,
    Role.GAS: Fluid.GAS,
    Role.WATER: Fluid.WATER,
}
_FIELDS: Final[VolDictType] = {
    probatio.Optional("dry_run", default=True): cv.boolean,
}


@callback
def async_setup_energy_dashboard(hass: HomeAssistant) -> None:
    """Register the action and its twin, both for administrators."""
    async_register_twins(
        hass,
        SET_UP_ENERGY_DASHBOARD,
        _set_up,
        _FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )


async def async_plan_energy(hass: HomeAssistant, entry: EwsConfigEntry) -> EnergyPlan:
    """Return what the energy dashboard lacks; raises ``energy_missing``."""
    if ENERGY not in hass.config.components:
        raise failed("energy_missing")
    manager = await async_get_manager(hass)
    return plan_energy(manager.data, _Meters(hass, entry).sources())


async def async_apply_energy(hass: HomeAssistant, plan: EnergyPlan) -> None:
    """Add what was planned; the preferences are stored by Home Assistant."""
    if plan.additions:
        manager = await async_get_manager(hass)
        await manager.async_update(plan.update)


async def _set_up(request: SiteRequest) -> dict[str, Any]:
    """Answer what was added, or would be."""
    hass, dry_run = request.hass, request.fields["dry_run"]
    plan = await async_plan_energy(hass, request.entry)
    if not dry_run:
        await async_apply_energy(hass, plan)
    return {
        "added": [_added(hass, addition) for addition in plan.additions],
        "kept": [role.value for role in plan.kept],
        "applied": not dry_run,
    }


@callback
def statistic_name(hass: HomeAssistant, statistic_id: str) -> str:
    """Return how the sensor of a statistic is called."""
    state = hass.states.get(statistic_id)
    return statistic_id if state is None else state.name


class _Meters:
    """The sensors of a site that the energy dashboard can use."""

    def __init__(self, hass: HomeAssistant, entry: EwsConfigEntry) -> None:
        self._entry = entry
        self._registry = er.async_get(hass)
        self._runtime = entry.runtime_data
        self._site = self._runtime.installation
        self._tree = Directory(self._site).tree

    def sources(self) -> Sources:
        """Return every statistic by what it can be."""
        main = self._main_meter()
        return Sources(
            costs={
                role: cost_statistic_id(self._entry, fluid)
                for role, fluid in _COSTS.items()
                if fluid in self._runtime.tariffs.fluids
            },
            return_cost=cost_statistic_id(self._entry, Fluid.ELECTRICITY_EXPORT)
            if Fluid.ELECTRICITY_EXPORT in self._runtime.tariffs.fluids
            else None,
            grid=self._of_whole(Fluid.ELECTRICITY, main),
            grid_return=self._of_whole(Fluid.ELECTRICITY_EXPORT, main),
            grid_rate=None if main is None else self._of_device(main, _POWER),
            gas=self._of_whole(Fluid.GAS, None),
            water=self._of_whole(Fluid.WATER, None),
            devices=list(self._devices(Fluid.ELECTRICITY, main)),
            water_devices=list(self._devices(Fluid.WATER, None)),
        )

    def _main_meter(self) -> Device | None:
        """The one meter through which all of the site's electricity flows."""
        counting = {device.id for device in self._counting(Fluid.ELECTRICITY)}
        weights = weights_of(Directory(self._site), counting, counting)
        whole = weights.get((None, None), {})
        return self._site.devices[next(iter(whole))] if len(whole) == 1 else None

    def _counting(self, fluid: Fluid) -> Iterator[Device]:
        """Devices in use that count a fluid."""
        return (
            device
            for device in self._site.devices.values()
            if device.is_enabled
            and FLUID_COUNTERS[fluid] in self._runtime.quantities[device.id]
        )

    def _of_whole(self, fluid: Fluid, main: Device | None) -> str | None:
        """The statistic of all that the site consumes of a fluid.

        The main meter's own, which is a few minutes ahead of the total, if it is in use.
        """
        total = self._sensor(f"{SITE}_{fluid}")
        if main is None:
            return total
        return self._of_device(main, FLUID_COUNTERS[fluid]) or total

    def _devices(self, fluid: Fluid, main: Device | None) -> Iterable[Meter]:
        """Meters beside the main one; one that is alone tells nothing new."""
        counting = list(self._counting(fluid))
        if len(counting) < 2:
            return
        numbers = {device.id for device in counting}
        for device in counting:
            above = tuple(self._tree.above(device.id, numbers))
            if device == main or (device.is_excluded_from_totals and not above):
                continue
            statistic_id = self._of_device(device, FLUID_COUNTERS[fluid])
            if statistic_id is not None:
                is_electric = fluid is Fluid.ELECTRICITY
                yield Meter(
                    device_id=device.id,
                    statistic_id=statistic_id,
                    rate_id=self._of_device(device, _POWER) if is_electric else None,
                    upstream=above,
                )

    def _of_device(self, device: Device, quantity: str) -> str | None:
        return self._sensor(f"{ObjectKind.DEVICE}_{device.id}_{quantity}")

    def _sensor(self, name: str) -> str | None:
        """The sensor of a unique id, where it is in use."""
        entity_id = self._registry.async_get_entity_id(
            Platform.SENSOR, DOMAIN, f"{self._entry.entry_id}_{name}"
        )
        entity = None if entity_id is None else self._registry.async_get(entity_id)
        return None if entity is None or entity.disabled else entity.entity_id


def _added(hass: HomeAssistant, addition: Addition) -> dict[str, Any]:
    return {
        "kind": addition.role.value,
        "statistic_id": addition.statistic_id,
        "name": statistic_name(hass, addition.statistic_id),
        "return_statistic_id": addition.return_id,
        "included_in": addition.included_in,
        "cost_statistic_id": addition.cost_id,
    }
