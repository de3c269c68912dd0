"""A configuration entry and the site that it describes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    PredefinedLoad,
    TcpLink,
)
from custom_components.legrand_ews.ews.model.codec import (
    encode_device,
    encode_gateway,
    encode_load,
    encode_part,
    first_ids,
)
from custom_components.legrand_ews.installation import (
    SUBENTRY_TYPES,
    async_take_id,
    installation_of,
    subentry_of,
    subentry_unique_id,
)

GATEWAY = Gateway(id=3, name="Roof", link=TcpLink(host="192.0.2.7"), board_id=2)
DEVICE = Device(
    id=17,
    name="Lift",
    gateway_id=3,
    address=Address(unit=12),
    model="412045",
    load_id=11,
    group_ids=(1,),
)
LOAD = Load(id=11, name="Kitchen", color="#102030")
GROUP = MeasureGroup(id=1, name="East")
BOARD = PanelBoard(id=2, name="Main board", description="Cellar")
PARTS = (
    (ObjectKind.DEVICE, encode_device(DEVICE)),  # order is no order
    (ObjectKind.GATEWAY, encode_gateway(GATEWAY)),
    (ObjectKind.LOAD, encode_load(LOAD)),
    (ObjectKind.GROUP, encode_part(GROUP)),
    (ObjectKind.BOARD, encode_part(BOARD)),
)


def entry_of(hass: HomeAssistant, **changes: object) -> MockConfigEntry:
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Town hall",
        subentries_data=[
            ConfigSubentryData(
                data=data,
                subentry_type=SUBENTRY_TYPES[kind],
                title=str(data["name"]),
                unique_id=subentry_unique_id(kind, int(str(data["id"]))),
            )
            for kind, data in PARTS
        ],
        **{"data": {"next_ids": first_ids()}, **changes},
    )
    entry.add_to_hass(hass)
    return entry


async def test_site_of_an_entry(hass: HomeAssistant) -> None:
    await hass.config.async_update(time_zone="Europe/Brussels")
    site = installation_of(hass, entry_of(hass, options={"sample_minutes": 5}))
    assert site.name == "Town hall"
    assert site.zone == ZoneInfo("Europe/Brussels")
    assert site.sample_length == timedelta(minutes=5)
    assert site.gateways == {3: GATEWAY}
    assert site.devices == {17: DEVICE}
    assert site.groups == {1: GROUP}
    assert site.boards == {2: BOARD}
    assert set(site.loads) == {*range(1, 10), 11}
    assert site.load_of(DEVICE) == LOAD
    assert site.board_of(DEVICE) == BOARD


async def test_options_switch_and_colour_predefined_loads(hass: HomeAssistant) -> None:
    chosen = {"heating": {"enabled": False, "color": "#000001"}}
    entry = entry_of(hass, options={"predefined_loads": chosen})
    loads = {load.key: load for load in installation_of(hass, entry).loads.values()}
    assert not loads[PredefinedLoad.HEATING].is_enabled
    assert loads[PredefinedLoad.HEATING].color == "#000001"
    assert loads[PredefinedLoad.WATER].is_enabled


async def test_what_cannot_be_read_is_named(hass: HomeAssistant) -> None:
    entry = entry_of(hass)
    broken = subentry_of(entry, ObjectKind.DEVICE, 17)
    assert broken is not None
    hass.config_entries.async_update_subentry(
        entry, broken, data={**broken.data, "supply": "sideways"}
    )
    with pytest.raises(ConfigurationError) as error:
        installation_of(hass, entry)
    assert (error.value.key, error.value.field) == ("data_invalid", "supply")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (ObjectKind.GATEWAY, 4),
        (ObjectKind.DEVICE, 18),
        (ObjectKind.LOAD, 12),
        (ObjectKind.GROUP, 2),
        (ObjectKind.BOARD, 3),
    ],
)
async def test_numbers_go_on_where_objects_are(
    hass: HomeAssistant, kind: ObjectKind, number: int
) -> None:
    """S80: also where the counters are behind, as after a restored backup."""
    entry = entry_of(hass)
    assert async_take_id(hass, entry, kind) == number
    assert async_take_id(hass, entry, kind) == number + 1  # given is given
    assert entry.data["next_ids"][kind.value] == number + 2


async def test_object_by_number(hass: HomeAssistant) -> None:
    entry = entry_of(hass)
    lift = subentry_of(entry, ObjectKind.DEVICE, 17)
    assert lift is not None
    assert lift.title == "Lift"
    assert subentry_of(entry, ObjectKind.DEVICE, 3) is None
