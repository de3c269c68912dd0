"""Puts a site together: catalogue, installation, archive, buses and sampler."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.util import dt as dt_util

from .archive.settings import archive_place, async_install_driver, chosen_archive
from .archive.upkeep import Upkeep
from .bus.coordinator import GatewayCoordinator
from .bus.link import unit_for
from .catalogue import async_get_catalogue
from .costs.price_recorder import PriceRecorder
from .costs.statistics import CostStatistics
from .costs.watch import CostWatch
from .devices import DeviceTree, without_disabled
from .errors import translated
from .ews.archive import Archive
from .ews.bus import GatewayBus, GatewayReport
from .ews.catalogue import Catalogue
from .ews.charging.settings import ChargingSettings
from .ews.errors import ArchiveError, EwsError
from .ews.model import Gateway, Installation
from .ews.site import Site
from .greenup.management import LoadManagement
from .greenup.stored import charging_settings
from .greenup.watch import ChargingWatch
from .installation import installation_of, subentry_ids
from .recording.power_quality import PowerQuality
from .recording.sampler import Sampler
from .recording.totals import Totals
from .runtime import EwsConfigEntry, EwsRuntime, quantities_of
from .tariffs.settings import billing_of
from .tariffs.watch import TariffWatch


async def async_assemble(hass: HomeAssistant, entry: EwsConfigEntry) -> EwsRuntime:
    """Open the archive and build what runs; nothing is polled yet.

    Raises ConfigEntryError where what is stored or a register map cannot be read, and
    ConfigEntryNotReady where the archive cannot be opened.
    """
    try:
        catalogue = await async_get_catalogue(hass)
        installation = without_disabled(hass, entry, installation_of(hass, entry))
        charging_choice = charging_settings(entry)
    except EwsError as error:
        raise translated(error, ConfigEntryError) from error
    site, recorded_milli = await _async_open(hass, entry, installation, catalogue)
    async with AsyncExitStack() as undo:
        # Nobody else would: what is not assembled is never unloaded.
        undo.push_async_callback(hass.async_add_executor_job, site.close)
        runtime = await _async_compose(
            hass, entry, site, catalogue, charging_choice, recorded_milli
        )
        undo.pop_all()
    return runtime


async def _async_compose(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    site: Site,
    catalogue: Catalogue,
    charging_choice: ChargingSettings,
    recorded_milli: Mapping[tuple[int, str], int],
) -> EwsRuntime:
    """Build what runs around an open archive."""
    installation = site.installation
    quantities = {
        device.id: quantities_of(catalogue, device)
        for device in installation.devices.values()
    }
    totals = Totals(installation, quantities, recorded_milli)
    tree = DeviceTree(hass, entry, installation, catalogue)
    await tree.async_register(
        {
            (key.kind, key.object_id)
            for key in totals.keys
            if key.kind is not None and key.object_id is not None
        }
    )

    @callback
    def observe(report: GatewayReport) -> None:
        changes = [site.recording.observe(device) for device in report.devices.values()]
        if any(changes):
            entry.runtime_data.sampler.async_write_soon()
        tree.async_take_identity(report)

    coordinators = {
        gateway.id: _coordinator(hass, entry, installation, catalogue, gateway, observe)
        for gateway in installation.gateways.values()
    }
    tariffs = TariffWatch(hass, site)
    charging = LoadManagement(
        hass,
        entry,
        installation,
        catalogue,
        coordinators,
        settings=charging_choice,
        tariffs=tariffs,
    )
    polled = [x for x in coordinators.values() if x.is_polling]
    sampler = Sampler(hass, entry, installation, site, totals, polled)
    upkeep = Upkeep(hass, entry, site, sampler)
    costs = CostWatch(hass, entry, site, upkeep)
    cost_statistics = CostStatistics(hass, entry, site, tariffs)
    return EwsRuntime(
        installation=installation,
        catalogue=catalogue,
        site=site,
        totals=totals,
        tariffs=tariffs,
        costs=costs,
        cost_statistics=cost_statistics,
        prices=PriceRecorder(
            hass,
            entry,
            site,
            upkeep,
            tariffs=tariffs,
            costs=costs,
            statistics=cost_statistics,
        ),
        coordinators=coordinators,
        sampler=sampler,
        upkeep=upkeep,
        charging=charging,
        charging_watch=ChargingWatch(hass, entry, site, upkeep, coordinators, charging),
        power_quality=PowerQuality(hass, entry, installation, site),
        tree=tree,
        quantities=quantities,
        subentry_ids=subentry_ids(entry),
    )


async def _async_open(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    installation: Installation,
    catalogue: Catalogue,
) -> tuple[Site, Mapping[tuple[int, str], int]]:
    """Open the site's archive where it is kept and continue where it ends."""

    def open_archive(site: Site) -> Mapping[tuple[int, str], int]:
        try:
            return site.open(dt_util.utcnow())
        except ArchiveError:
            site.close()
            raise

    try:
        place = archive_place(hass, entry, chosen_archive(entry))
        await async_install_driver(hass, place.address)
        archive = Archive(place.address, installation.zone, place.spool)
        settings = billing_of(hass, entry)
        site = Site(installation, catalogue, archive, settings)
        return site, await hass.async_add_executor_job(open_archive, site)
    except ArchiveError as error:
        raise translated(error, ConfigEntryNotReady) from error


def _coordinator(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    installation: Installation,
    catalogue: Catalogue,
    gateway: Gateway,
    observe: Callable[[GatewayReport], None],
) -> GatewayCoordinator:
    devices = list(installation.devices_behind(gateway.id))

    def make_bus() -> GatewayBus:
        return GatewayBus(
            gateway, devices, catalogue, unit_for(hass, entry, gateway), dt_util.utcnow
        )

    return GatewayCoordinator(
        hass, entry, gateway, make_bus, [device.id for device in devices], observe
    )
