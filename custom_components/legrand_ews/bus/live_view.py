"""The values of one device as they come, for the page that shows all of them.

A page shows every quantity, also those whose entity the user has left disabled; so
they come from the bus and not from entities.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, Subscriber, async_register_subscription
from ..const import LEASE_RENEWAL
from ..entities.values import as_number, option_of
from ..ews.bus.readings import DeviceReport
from ..ews.model import ObjectKind
from ..ews.quantities import QUANTITIES, Kind
from ..queries import known_object, running_site
from .coordinator import GatewayCoordinator

type Send = Callable[[dict[str, Any]], None]

_FIELDS: Final[VolDictType] = {probatio.Required("device"): cv.positive_int}


@callback
def async_setup_live_view(hass: HomeAssistant) -> None:
    """Register the command."""
    async_register_subscription(hass, "values", _send_values, _FIELDS)


async def _send_values(request: SiteRequest, subscriber: Subscriber) -> None:
    """Send all values of a device whenever one has changed; poll it fast meanwhile."""
    number = request.fields["device"]
    known_object(request.runtime.installation.devices, ObjectKind.DEVICE, number)
    page = _Page(request.hass, request.entry.entry_id, number, subscriber.async_send)
    subscriber.async_accept(page.async_close)
    page.async_renew()


class _Page:
    """One open page about one device; it outlives a reload of its site."""

    def __init__(
        self, hass: HomeAssistant, entry_id: str, device_id: int, send: Send
    ) -> None:
        self._hass = hass
        self._entry_id = entry_id
        self._device_id = device_id
        self._send = send
        self._sent: dict[str, Any] = {}
        self._coordinator: GatewayCoordinator | None = None
        self._leave: CALLBACK_TYPE | None = None
        self._stop = async_track_time_interval(hass, self.async_renew, LEASE_RENEWAL)

    @callback
    def async_close(self) -> None:
        """End the subscription; the lease runs out by itself."""
        self._stop()
        self._detach()

    @callback
    def async_renew(self, _: datetime | None = None) -> None:
        """Lease the device once more, behind whatever coordinator it is by now."""
        coordinator = self._find()
        if coordinator is not self._coordinator:
            self._detach()
            self._coordinator = coordinator
            if coordinator is not None:
                self._leave = coordinator.async_add_listener(self._async_look)
        if coordinator is not None:
            coordinator.async_lease({self._device_id})
        self._async_look()

    def _detach(self) -> None:
        if self._leave is not None:
            self._leave()
        self._leave = None

    def _find(self) -> GatewayCoordinator | None:
        entry = running_site(self._hass, self._entry_id)
        if entry is None:
            return None
        runtime = entry.runtime_data
        device = runtime.installation.devices.get(self._device_id)
        return None if device is None else runtime.coordinators.get(device.gateway_id)

    @callback
    def _async_look(self) -> None:
        coordinator, report = self._coordinator, None
        if coordinator is not None and coordinator.last_update_success:
            report = coordinator.report_of(self._device_id)
        event = _event(report)
        if event != self._sent:
            self._sent = event
            self._send(event)


def _event(report: DeviceReport | None) -> dict[str, Any]:
    """Values in the units of their quantities, states by the names of their options."""
    if report is None:
        return {"status": None, "error": None, "read_at": None, "values": {}}
    shown: dict[str, int | float | str | None] = {}
    for key, reading in report.readings.items():
        quantity = QUANTITIES[key]
        shown[key] = (
            option_of(quantity, reading.value)
            if quantity.kind is Kind.STATE
            else as_number(reading.value)
        )
    latest = max((x.read_at for x in report.readings.values()), default=None)
    return {
        "status": report.condition,
        "error": report.error,
        "read_at": None if latest is None else latest.isoformat(),
        "values": shown,
    }
