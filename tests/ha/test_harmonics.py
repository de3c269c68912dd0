"""The action get_harmonics and its twin, on a 0 146 69 written down word by word."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

# Registers.md T2.1: current harmonics from 0xC95A, in 0.1 %; the map takes 31 odd ranks
# a phase.
FIRST, WORDS = 0xC95A, 31


def diris(*, has_harmonics: bool = True) -> dict[int, int]:
    """A 0 146 69: 230.00 V, and I1 with 12.3 % of the third harmonic."""
    words = dict.fromkeys((*range(0xC550, 0xC58E), *range(0xC650, 0xC666)), 0)
    words[0xC559] = 23_000
    if has_harmonics:
        words |= dict.fromkeys(range(FIRST, FIRST + 125), 0)
        words |= {FIRST: 123, FIRST + 1: 0xFFFF, FIRST + WORDS - 1: 4}
    return words


async def site_of(start_server: StartServer, load: Load) -> Any:
    """A DIRIS with harmonics, one that refuses them, an EMDX3, one switched off."""
    server = await start_server(
        {11: diris(), 12: diris(has_harmonics=False), 13: emdx3(), 14: diris()}
    )
    own = {"model": "014669"}
    entry = site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 11, **own),
            site.device(2, 1, 12, **own),
            site.device(3, 1, 13),
            site.device(4, 1, 14, **own, is_enabled=False),
        ]
    )
    await load(entry)
    return entry


async def call(hass: HomeAssistant, device: int) -> Any:
    return await hass.services.async_call(
        DOMAIN, "get_harmonics", {"device": device}, blocking=True, return_response=True
    )


async def test_harmonics_come_rank_by_rank(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await site_of(start_server, load)
    answer = await call(hass, 1)
    assert answer["ranks"] == list(range(3, 64, 2))
    assert (answer["unit"], answer["provenance"]) == ("%", "assumed")
    assert [one["quantity"] for one in answer["series"]] == [
        *("current_l1", "current_l2", "current_l3", "current_n"),
    ]
    first = answer["series"][0]["values"]
    assert (first[0], first[1], first[-1], len(first)) == (12.3, None, 0.4, WORDS)
    assert answer["read_at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("device", "kind", "key"),
    [
        (2, HomeAssistantError, "harmonics_refused"),
        (3, ServiceValidationError, "harmonics_unknown"),
        (4, ServiceValidationError, "device_not_read"),
        (9, ServiceValidationError, "unknown_object"),
    ],
)
async def test_what_has_none_says_so(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    device: int,
    kind: type[HomeAssistantError],
    key: str,
) -> None:
    await site_of(start_server, load)
    with pytest.raises(kind) as refused:
        await call(hass, device)
    assert refused.value.translation_key == key


async def test_the_twin_answers_the_same_and_the_site_tells_who_has_them(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await site_of(start_server, load)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/site"})
    answer = await client.receive_json()
    assert [one["has_harmonics"] for one in answer["result"]["devices"]] == [
        *(True, True, False, True),
    ]
    await client.send_json_auto_id({"type": "legrand_ews/get_harmonics", "device": 1})
    answer = await client.receive_json()
    assert answer["result"]["series"][0]["values"][0] == 12.3
    await client.send_json_auto_id({"type": "legrand_ews/get_harmonics", "device": 2})
    answer = await client.receive_json()
    assert answer["error"]["translation_key"] == "harmonics_refused"
