"""Overall and Compare, as actions and as commands of the dashboards."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def consumed(start_server: StartServer, load: Load, pass_time: PassTime) -> None:
    """Lighting has used 300 Wh in the last ten minutes, another meter 50 Wh."""
    server = await start_server(
        {11: emdx3(imported_wh=1000), 12: emdx3(imported_wh=2000)}
    )
    await load(
        site.entry(
            [
                site.gateway(1, server.port),
                site.device(1, 1, 11, load_id=4),
                site.device(2, 1, 12),
            ]
        )
    )
    server.units[11] = emdx3(imported_wh=1300)
    server.units[12] = emdx3(imported_wh=2050)
    await pass_time(8 * 60)


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


@pytest.mark.usefixtures("consumed")
async def test_overall(
    hass: HomeAssistant, hass_ws_client: Any, hass_read_only_access_token: str
) -> None:
    answer = await call(hass, "get_overall", compare="previous")
    amounts = {one["fluid"]: one["total"] for one in answer["fluids"]}
    assert amounts["electricity"] == 350
    assert answer["fluids"][0]["compare_total"] is None
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/get_overall", "compare": "previous"}
    )
    assert (await client.receive_json())["result"] == answer


@pytest.mark.usefixtures("consumed")
async def test_objects_side_by_side(
    hass: HomeAssistant, hass_ws_client: Any, hass_read_only_access_token: str
) -> None:
    items = [{"id": 1}, {"level": "load", "id": 4}, {"id": 2}]
    answer = await call(hass, "compare_consumption", items=items, bucket="day")
    assert [one["values"] for one in answer["items"]] == [[300], [300], [50]]
    client = await hass_ws_client(hass, hass_read_only_access_token)
    command = {"type": f"{DOMAIN}/compare_consumption", "bucket": "day"}
    await client.send_json_auto_id({**command, "items": items, "language": "fr"})
    result = (await client.receive_json())["result"]
    names = [one["name"] for one in result["items"]]
    assert names == ["Meter 1", "Éclairage", "Meter 2"]
    # The command's own id is no object's.
    await client.send_json_auto_id({**command, "items": [{"id": 1}, {}]})
    refused = await client.receive_json()
    assert refused["error"]["translation_key"] == "compare_id_missing"


@pytest.mark.usefixtures("consumed")
async def test_different_fluids_are_not_compared(hass: HomeAssistant) -> None:
    """S168."""
    items = [{"id": 1}, {"level": "load", "id": 8}]
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, "compare_consumption", items=items)
    assert raised.value.translation_key == "fluids_not_comparable"
