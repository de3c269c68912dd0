"""Enter a site in Home Assistant through the flows that a person would use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from custom_components.legrand_ews.ews.catalogue import Catalogue, Model
from custom_components.legrand_ews.ews.model import GatewayKind, PredefinedLoad
from custom_components.legrand_ews.ews.model.grouping import PREDEFINED_LOAD_IDS
from simulator.site import DeviceSpec, GatewaySpec, SiteSpec

from .client import Client, DemoError, Json

DOMAIN: Final = "legrand_ews"
_SUBENTRIES: Final = "subentries/flow"


async def enter_site(
    server: Client,
    site: SiteSpec,
    catalogue: Catalogue,
    ports: Mapping[str, int],
) -> str:
    """Configure everything in ``site``; returns the id of the new entry.

    ``ports`` says on which loopback port each gateway of the simulator listens.
    Raises DemoError with the error of the form when anything is refused.
    """
    first, *others = site.gateways
    entry = await server.walk(
        "flow",
        DOMAIN,
        {
            "user": {"name": site.name},
            "gateway": _way(first),
            **_gateway_answers(first, ports[first.name]),
        },
    )
    entry_id: str = entry["result"]["entry_id"]
    flows = _Flows(server, entry_id)
    for gateway in others:
        answers = _gateway_answers(gateway, ports[gateway.name])
        await flows.add("gateway", {"user": _way(gateway), **answers})
    gateway_ids = await flows.ids("gateway")
    for board in site.boards:
        held = [g.name for g in site.gateways if g.board == board.name]
        form = _part(board.name, board.description)
        form["gateways"] = [str(gateway_ids[name]) for name in held]
        await flows.add("panel_board", {"user": form})
    for group in site.groups:
        await flows.add("group", {"user": _part(group.name, group.description)})
    for load in site.loads:
        color = [int(load.color[i : i + 2], 16) for i in (1, 3, 5)]
        form = {"name": load.name, "color": color, "is_enabled": True}
        await flows.add("load", {"user": form})
    numbers = _Numbers(
        gateways=gateway_ids,
        loads=await flows.ids("load"),
        groups=await flows.ids("group"),
    )
    for device in site.devices:
        model = catalogue.models[device.model]
        if device.behind is not None:
            numbers.devices = await flows.ids("device")
        sits_on = {circuit.phase for circuit in site.circuits_of(device)} - {None}
        answers = _device_answers(device, model, numbers)
        if model.asks_phase and sits_on:
            answers["device"]["phase"] = str(sits_on.pop())
        await flows.add("device", answers)
    return entry_id


async def device_ids(server: Client, entry_id: str) -> dict[str, int]:
    """Return the permanent number of every device by name."""
    return await _Flows(server, entry_id).ids("device")


def archive_path(folder: Path, entry_id: str) -> Path:
    """Where the integration keeps the archive of an entry."""
    return folder / DOMAIN / entry_id / "archive.db"


def forget_archive(folder: Path, entry_id: str) -> None:
    """Remove what was counted while the site was entered; the server is down.

    An interval that ended meanwhile would be taken for the whole past.
    """
    path = archive_path(folder, entry_id)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


class _Numbers:
    """Permanent numbers by name, as the forms want them."""

    def __init__(
        self, *, gateways: dict[str, int], loads: dict[str, int], groups: dict[str, int]
    ) -> None:
        self.devices: dict[str, int] = {}
        """Those that were entered before somebody behind one of them."""
        self._gateways = gateways
        self._groups = groups
        self._loads = loads | {key.value: n for key, n in PREDEFINED_LOAD_IDS.items()}

    def gateway(self, name: str) -> str:
        return str(self._gateways[name])

    def load(self, name: str) -> str:
        """Number of a user's load by name, or of a predefined one by key."""
        if name not in self._loads:
            known = ", ".join(PredefinedLoad)
            raise DemoError(f"load {name!r} is neither in the site nor one of {known}")
        return str(self._loads[name])

    def group(self, name: str) -> str:
        return str(self._groups[name])


class _Flows:
    """Subentry flows of one entry."""

    def __init__(self, server: Client, entry_id: str) -> None:
        self._server = server
        self._entry_id = entry_id

    async def add(self, kind: str, answers: Mapping[str, Json]) -> None:
        await self._server.walk(_SUBENTRIES, [self._entry_id, kind], answers)

    async def ids(self, kind: str) -> dict[str, int]:
        """Permanent numbers by name: the tail of the unique id (``device_17``)."""
        subentries = await self._server.command(
            "config_entries/subentries/list", entry_id=self._entry_id
        )
        return {
            subentry["title"]: int(subentry["unique_id"].rpartition("_")[2])
            for subentry in subentries
            if subentry["subentry_type"] == kind
        }


def _gateway_answers(gateway: GatewaySpec, port: int) -> dict[str, Json]:
    form = {
        "host": "127.0.0.1",
        "port": port,
        "timeout_ms": gateway.timeout_ms,
        "name": gateway.name,
        "description": gateway.description,
    }
    saved = dict.fromkeys(("gateway_tested", "gateway_connected"), "save_gateway")
    return {_way(gateway): form, **saved}


def _way(gateway: GatewaySpec) -> str:
    """Return the step of the flow for a bus, or for another server."""
    if gateway.kind is GatewayKind.EWS_SLAVE:
        return gateway.kind.value
    return gateway.framing.value


def _part(name: str, description: str) -> dict[str, Json]:
    return {"name": name, "description": description, "is_enabled": True}


def _device_answers(
    device: DeviceSpec, model: Model, numbers: _Numbers
) -> dict[str, Json]:
    form: dict[str, Json] = {
        "name": device.name,
        **{name: text.lower() for name, text in device.parameters.items()},
        "is_enabled": True,
    }
    if model.counts_energy:
        form["is_excluded_from_totals"] = device.is_excluded_from_totals
    if device.groups:
        form["group_ids"] = [numbers.group(name) for name in device.groups]
    if device.load is not None and model.counts_energy and model.fixed_load is None:
        form["load_id"] = numbers.load(device.load)
    if device.behind is not None:
        form["upstream_device_id"] = str(numbers.devices[device.behind])
    if model.asks_side:
        form["side"] = str(device.side or 1)
    if model.asks_phase:
        form["phase"] = "1"
    if model.asks_supply:
        form["supply"] = device.supply.value
    if device.pulse is None:
        form["address"] = str(device.address)
    else:
        form |= {
            "concentrator": device.pulse.concentrator,
            "concentrator_address": str(device.address),
            "position": device.pulse.position,
            "weight": str(device.pulse.weight),
        }
    return {
        "user": "pick",
        "pick": {
            "gateway_id": numbers.gateway(device.gateway),
            "family": model.family,
        },
        "model": {"model": model.key},
        "unverified": {},
        "device": form,
        "device_tested": "save_device",
        "channels": {},
        "confirm_map": {"is_map_confirmed": True},
        "other_side": "one_side_only",
    }
