"""What is left of an installation when objects go: nothing speaks of them any more."""

from collections.abc import Collection
from dataclasses import replace

from ..model import Installation, ObjectKind
from .sites import with_part, without_parts


def without(
    site: Installation, gone: Collection[tuple[ObjectKind, int]]
) -> Installation:
    """Return the installation without some objects, by kind and number."""
    if not gone:
        return site
    site = without_parts(site, gone)
    for gateway in list(site.gateways.values()):
        changed_gateway = replace(
            gateway,
            board_id=_kept(ObjectKind.BOARD, gateway.board_id, gone),
            eq_device_id=_kept(ObjectKind.DEVICE, gateway.eq_device_id, gone),
        )
        if changed_gateway != gateway:
            site = with_part(site, changed_gateway)
    for device in list(site.devices.values()):
        changed = replace(
            device,
            load_id=_kept(ObjectKind.LOAD, device.load_id, gone),
            group_ids=tuple(
                x for x in device.group_ids if (ObjectKind.GROUP, x) not in gone
            ),
            upstream_device_id=_kept(
                ObjectKind.DEVICE, device.upstream_device_id, gone
            ),
        )
        if changed != device:
            site = with_part(site, changed)
    return site


def _kept(
    kind: ObjectKind, number: int | None, gone: Collection[tuple[ObjectKind, int]]
) -> int | None:
    return None if (kind, number) in gone else number
