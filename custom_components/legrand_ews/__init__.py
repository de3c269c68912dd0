"""The Energy Web Server as an integration of Home Assistant.

A configuration entry is a site, its subentries are the site's objects. This module
puts a site together and takes it apart; what it does while it runs stands elsewhere.
"""

from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.typing import ConfigType

from .archive.actions import async_setup_archive_actions
from .archive.sensors import async_note_start
from .assembly import async_assemble
from .backup import async_is_backup_running
from .blueprints import async_offer_blueprints
from .bus.actions import async_setup_scan
from .bus.harmonics import async_setup_harmonics
from .bus.live_view import async_setup_live_view
from .bus.probing import async_setup_tests
from .const import DOMAIN, PLATFORMS, RELOAD_DELAY
from .consumption_api import async_setup_consumption
from .costs.api import async_setup_costs
from .costs.bills import async_setup_bills
from .costs.statistics import cost_store
from .devices import async_is_switched, without_disabled
from .energy_dashboard.setting_up import async_setup_energy_dashboard
from .ews.model.codec import VERSION
from .files.export import async_setup_data_export
from .files.ftp import async_start_ftp
from .frontend import async_add_dashboard, async_remove_dashboard, async_serve_assets
from .greenup.api import async_setup_charging
from .greenup.departures import async_setup_departures
from .greenup.leaving import async_let_all_go, stations_leaving
from .greenup.memory import charging_store
from .greenup.session_log import session_store
from .greenup.stored import charging_settings, reload_mark
from .history.api import async_setup_history
from .installation import installation_of
from .inventory.api import async_setup_inventory
from .links.actions import async_setup_links
from .links.watching import async_watch_links
from .recording.collector import async_spare_collector
from .recording.harmonics import async_record_harmonics
from .recording.journal import async_setup_journal
from .repairs import async_update_issues
from .runtime import EwsConfigEntry, EwsRuntime
from .statistics.api import async_setup_statistics
from .tariffs.api import async_setup_tariffs
from .tariffs.entities import async_remove_unpriced
from .tariffs.issues import async_update_tariff_issues
from .websocket_api import async_setup_websocket_api

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register what is there once for all sites: actions, commands, files."""
    async_note_start(hass)
    async_setup_archive_actions(hass)
    async_setup_consumption(hass)
    async_setup_tariffs(hass)
    async_setup_costs(hass)
    async_setup_bills(hass)
    async_setup_statistics(hass)
    async_setup_energy_dashboard(hass)
    async_setup_websocket_api(hass)
    async_setup_inventory(hass)
    async_setup_history(hass)
    async_setup_scan(hass)
    async_setup_journal(hass)
    async_setup_tests(hass)
    async_setup_harmonics(hass)
    async_setup_links(hass)
    async_setup_live_view(hass)
    async_setup_charging(hass)
    async_setup_departures(hass)
    await async_setup_data_export(hass)
    await async_serve_assets(hass)
    await async_offer_blueprints(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: EwsConfigEntry) -> bool:
    """Start a site. A gateway that cannot be reached holds nothing up.

    Home Assistant unloads only what it could set up: what had begun before an error
    ends here, so that the next attempt finds the archive closed.
    """
    # First: what changes while the site is set up wants a reload too.
    _reload_on_changes(hass, entry)
    runtime = await async_assemble(hass, entry)
    entry.runtime_data = runtime
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_async_end, hass, entry)
        await runtime.upkeep.async_start()
        await runtime.power_quality.async_start()
        await runtime.charging.async_start()
        await runtime.prices.async_load()
        await runtime.tariffs.async_refresh()
        await runtime.charging_watch.async_start()
        entry.async_on_unload(runtime.tariffs.async_stop)
        async_remove_unpriced(hass, entry, runtime.tariffs.fluids)
        await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
        undo.push_async_callback(
            hass.config_entries.async_unload_platforms, entry, PLATFORMS
        )
        await _async_begin(hass, entry, runtime)
        undo.pop_all()
    return True


async def _async_begin(
    hass: HomeAssistant, entry: EwsConfigEntry, runtime: EwsRuntime
) -> None:
    """Start what needs the entities to be there."""
    runtime.power_quality.async_make_up()
    for coordinator in runtime.coordinators.values():
        coordinator.async_start()
    runtime.sampler.async_start()
    runtime.costs.async_start()
    runtime.cost_statistics.async_start()
    runtime.prices.async_start()
    async_update_issues(hass, entry, runtime.installation, runtime.catalogue)
    _ = entry.async_create_background_task(
        hass, async_update_tariff_issues(hass, entry), f"Tariffs of {entry.title}"
    )
    async_watch_links(hass, entry)
    await async_start_ftp(hass, entry)
    async_add_dashboard(hass)
    async_record_harmonics(hass, entry)
    async_spare_collector(hass, entry)

    async def stop(_: Event) -> None:
        await _async_close(hass, entry)

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))


async def async_unload_entry(hass: HomeAssistant, entry: EwsConfigEntry) -> bool:
    """Stop a site: nothing of it runs on, everything measured is written."""
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    await _async_end(hass, entry, stations_leaving(hass, entry))
    # A site that is only loaded anew keeps its page: whoever saves something there
    # would be sent away from it.
    if entry.disabled_by is not None:
        _forget_dashboard(hass, entry)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Let the charging stations of a deleted site go, and forget it.

    Its archive file stays.
    """
    _forget_dashboard(hass, entry)
    await async_let_all_go(hass, entry)
    await cost_store(hass, entry).async_remove()
    await charging_store(hass, entry).async_remove()
    await session_store(hass, entry).async_remove()


async def async_migrate_entry(hass: HomeAssistant, entry: EwsConfigEntry) -> bool:
    """Say whether what is stored can be read; a newer version's cannot."""
    return entry.version <= VERSION


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: EwsConfigEntry, device_entry: dr.AnyDeviceEntry
) -> bool:
    """Let users delete from the registry what the site no longer has.

    Only a site that runs knows what that is.
    """
    return entry.state is ConfigEntryState.LOADED and not entry.runtime_data.tree.owns(
        device_entry.id
    )


def _forget_dashboard(hass: HomeAssistant, gone: EwsConfigEntry) -> None:
    """Take the dashboard away once there is no other site."""
    sites = hass.config_entries.async_entries(DOMAIN, include_disabled=False)
    if not any(site.entry_id != gone.entry_id for site in sites):
        async_remove_dashboard(hass)


async def _async_end(
    hass: HomeAssistant, entry: EwsConfigEntry, leaving: Iterable[int] = ()
) -> None:
    """Let stations go that are ``leaving``, ask no gateway any more, and close."""
    await entry.runtime_data.charging.async_stop(leaving)
    for coordinator in entry.runtime_data.coordinators.values():
        await coordinator.async_shutdown()
    await _async_close(hass, entry)


async def _async_close(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    await entry.runtime_data.charging.async_stop()
    await entry.runtime_data.charging_watch.async_stop()
    await entry.runtime_data.prices.async_stop()
    await entry.runtime_data.costs.async_stop()
    await entry.runtime_data.sampler.async_stop()
    await hass.async_add_executor_job(entry.runtime_data.site.close)


@callback
def _reload_on_changes(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Reload the site when an object, an option or a device's use has changed.

    What the load management can take up while it runs is no reason to.
    Changes that follow one another closely lead to one reload. While a backup is made,
    it waits: a site that ends writes.
    """
    cancel: CALLBACK_TYPE | None = None

    @callback
    def reload(_: datetime) -> None:
        if async_is_backup_running(hass):
            reload_soon()
            return
        hass.config_entries.async_schedule_reload(entry.entry_id)

    @callback
    def stop_waiting() -> None:
        if cancel is not None:
            cancel()

    @callback
    def reload_soon() -> None:
        nonlocal cancel
        stop_waiting()
        cancel = async_call_later(hass, RELOAD_DELAY, reload)

    mark = reload_mark(entry)

    async def changed(_: HomeAssistant, __: EwsConfigEntry) -> None:
        if reload_mark(entry) != mark:
            reload_soon()
        elif entry.state is ConfigEntryState.LOADED:
            entry.runtime_data.charging.async_take(
                charging_settings(entry),
                without_disabled(hass, entry, installation_of(hass, entry)),
            )

    @callback
    def registry_changed(event: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        if async_is_switched(hass, entry, event):
            reload_soon()

    entry.async_on_unload(entry.add_update_listener(changed))
    entry.async_on_unload(
        hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, registry_changed)
    )
    entry.async_on_unload(stop_waiting)
