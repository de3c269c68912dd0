"""Links between EMS CX3 modules: recorded, watched, shown, handed out (S179-S183)."""

from collections.abc import AsyncIterator, Iterable
import csv
import io
from typing import Any, override

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import Device, Gateway, Link, LinkEnd
from custom_components.legrand_ews.ews.model.codec import encode_link
from custom_components.legrand_ews.installation import installation_of

from . import site
from .conftest import Load, PassTime
from .flow_walk import TEXTS, Walk
from .modbus_server import NOBODY_ANSWERS
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("clock")

STATE, CONTROL = "414930", "414932"
"""Catalogue numbers of EMS CX3 modules with the link function."""
CONTACT_TO_LIGHT = Link(
    event=LinkEnd(device_id=1, function="contact closed"),
    action=LinkEnd(device_id=2, function="close"),
    comment="Cellar door",
)


def parts(port: int, *more: Gateway | Device) -> list[Gateway | Device]:
    """Two modules behind one gateway, and a meter that has no links."""
    changed = {(type(part), part.id) for part in more}
    usual = [
        site.gateway(1, port),
        site.device(1, 1, 21, name="Door contact", model=STATE),
        site.device(2, 1, 22, name="Hall light", model=CONTROL),
        site.device(3, 1, 23, name="Main meter"),
    ]
    return [x for x in usual if (type(x), x.id) not in changed] + list(more)


def with_links(objects: Iterable[Gateway | Device], *links: Link) -> MockConfigEntry:
    return site.entry(
        list(objects),
        options={"sample_minutes": 10, "links": [encode_link(x) for x in links]},
    )


async def listed(hass: HomeAssistant) -> list[dict[str, Any]]:
    answer = await hass.services.async_call(
        DOMAIN, "get_links", {}, blocking=True, return_response=True
    )
    assert answer is not None
    links: Any = answer["links"]
    return list(links)


class Modules(ObligingServer):
    """A bus on which everybody answers, with nothing switched on, but the silent ones."""

    def __init__(self) -> None:
        super().__init__()
        self.silent: set[int] = set()

    @override
    def _reply(self, unit: int, request: bytes) -> bytes:
        if unit in self.silent:
            return bytes([request[0] | 0x80, NOBODY_ANSWERS])
        return super()._reply(unit, request)


@pytest.fixture
async def modules(socket_enabled: None) -> AsyncIterator[Modules]:
    server = Modules()
    await server.start()
    yield server
    await server.stop()


def rows(*names: str) -> list[dict[str, str]]:
    event, action = names
    return [
        {
            "event_device": event,
            "event_function": "contact closed",
            "action_device": action,
            "action_function": " close ",
        }
    ]


@pytest.mark.usefixtures("no_setup")
async def test_links_are_written_down_in_the_settings(hass: HomeAssistant) -> None:
    entry = site.entry(parts(502))
    entry.add_to_hass(hass)
    walk = await Walk.options(hass, entry)
    await walk.choose("links")
    assert walk.suggested == {"links": []}
    fields = selector(walk)["fields"]
    offered = fields["event_device"]["selector"].config["options"]
    # The meter takes part in no links.
    assert [(x["value"], x["label"]) for x in offered] == [
        ("Door contact", "Door contact (Gateway 1, 21)"),
        ("Hall light", "Hall light (Gateway 1, 22)"),
    ]
    for texts in TEXTS.values():
        assert texts["selector"]["link"]["fields"].keys() == fields.keys()
    await walk.fill(links=rows("Door contact", "Hall light"))
    assert walk.step == "created"
    assert entry.options["sample_minutes"] == 10
    (link,) = installation_of(hass, entry).links
    assert link == Link(
        event=LinkEnd(device_id=1, function="contact closed"),
        action=LinkEnd(device_id=2, function="close"),
    )
    walk = await Walk.options(hass, entry)
    await walk.choose("links")
    (row,) = walk.suggested["links"]
    assert (row["event_device"], row["action_device"]) == ("Door contact", "Hall light")


def selector(walk: Walk) -> Any:
    ((_, found),) = walk.result["data_schema"].schema.items()
    return found.config


@pytest.mark.usefixtures("no_setup")
async def test_the_front_end_can_draw_the_list(
    hass: HomeAssistant, hass_client: Any
) -> None:
    entry = site.entry(parts(502))
    entry.add_to_hass(hass)
    assert await async_setup_component(hass, "config", {})
    web = await hass_client()
    address = "/api/config/config_entries/options/flow"
    opened = await (await web.post(address, json={"handler": entry.entry_id})).json()
    answer = await web.post(
        f"{address}/{opened['flow_id']}", json={"next_step_id": "links"}
    )
    (field,) = (await answer.json())["data_schema"]
    drawn = field["selector"]["object"]
    assert drawn["multiple"] is True
    assert (drawn["label_field"], drawn["description_field"]) == (
        "event_device",
        "action_device",
    )
    choice = drawn["fields"]["action_device"]["selector"]["select"]
    assert [x["value"] for x in choice["options"]] == ["Door contact", "Hall light"]
    assert set(drawn["fields"]["comment"]["selector"]) == {"text"}


@pytest.mark.usefixtures("no_setup")
@pytest.mark.parametrize(
    ("entered", "error"),
    [
        (rows("Door contact", "Door contact"), "link_same_module"),
        (2 * rows("Door contact", "Hall light"), "link_duplicate"),
        (rows("Door contact", "Annex light"), "link_gateways_differ"),
        (rows("#9", "Hall light"), "link_module_missing"),
        (rows("Main meter", "Hall light"), "link_module_unfit"),
        (
            [{**rows("Door contact", "Hall light")[0], "event_function": " "}],
            "link_function_required",
        ),
    ],
)
async def test_what_cannot_be_linked_is_refused_with_its_row(
    hass: HomeAssistant, entered: list[dict[str, str]], error: str
) -> None:
    gone = Link(
        event=LinkEnd(device_id=9, function="closed"),
        action=LinkEnd(device_id=3, function="close"),
    )
    other = site.gateway(2, 503)
    annex = site.device(4, 2, 22, name="Annex light", model=CONTROL)
    entry = with_links(parts(502, other, annex), gone)
    entry.add_to_hass(hass)
    walk = await Walk.options(hass, entry)
    await walk.choose("links")
    await walk.fill(links=entered)
    assert walk.errors == {"links": error}
    assert walk.text("error", error).find(str(len(entered))) >= 0
    # What was entered is still there to be corrected.
    assert walk.suggested["links"] == entered
    await walk.fill(links=[])
    assert walk.step == "created"
    assert installation_of(hass, entry).links == ()


async def test_links_are_listed_with_their_modules(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    pass_time: PassTime,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await load(with_links(parts(modules.port), CONTACT_TO_LIGHT))
    await pass_time(10)
    expected = [
        {
            "event": {
                "device": 1,
                "function": "contact closed",
                "name": "Door contact",
                "gateway": 1,
                "gateway_name": "Gateway 1",
                "address": "21",
            },
            "action": {
                "device": 2,
                "function": "close",
                "name": "Hall light",
                "gateway": 1,
                "gateway_name": "Gateway 1",
                "address": "22",
            },
            "comment": "Cellar door",
            "error": None,
            "error_key": None,
        }
    ]
    assert await listed(hass) == expected
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/get_links"})
    assert (await client.receive_json())["result"] == {"links": expected}


async def test_linked_modules_carry_the_symbol(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await load(with_links(parts(modules.port), CONTACT_TO_LIGHT))
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/site"})
    devices = (await client.receive_json())["result"]["devices"]
    assert [x["is_linked"] for x in devices] == [True, True, False]
    shown = {
        state.attributes["object_id"]: state.attributes["is_linked"]
        for state in hass.states.async_all("sensor")
        if "is_linked" in state.attributes
    }
    assert shown == {1: True, 2: True, 3: False}


def raised(issues: ir.IssueRegistry) -> list[tuple[str | None, Any]]:
    return [
        (issue.translation_key, issue.translation_placeholders)
        for (domain, issue_id), issue in issues.issues.items()
        if domain == DOMAIN and issue_id.startswith("link_")
    ]


NAMES = {
    "event": "Door contact",
    "event_function": "contact closed",
    "action": "Hall light",
    "action_function": "close",
}


@pytest.mark.parametrize(
    ("more", "key", "placeholders", "error"),
    [
        (
            [site.device(2, 1, 22, name="Hall light", model=CONTROL, is_enabled=False)],
            "link_module_off",
            {**NAMES, "name": "Hall light"},
            "Hall light ou sa passerelle est désactivé ici\u00a0: personne ne voit si le "
            "lien fonctionne.",
        ),
        (
            [site.device(2, 1, 22, name="Hall light")],
            "link_module_unfit",
            {**NAMES, "name": "Hall light"},
            "Hall light n’est pas un module EMS CX3 avec la fonction lien.",
        ),
    ],
)
async def test_a_link_that_cannot_work_is_a_repair(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    issue_registry: ir.IssueRegistry,
    hass_ws_client: WebSocketGenerator,
    more: list[Device],
    key: str,
    placeholders: dict[str, str],
    error: str,
) -> None:
    entry = with_links(parts(modules.port, *more), CONTACT_TO_LIGHT)
    await load(entry)
    assert raised(issue_registry) == [(key, placeholders)]
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/get_links", "language": "fr"})
    (link,) = (await client.receive_json())["result"]["links"]
    assert (link["error_key"], link["error"]) == (key, error)
    for texts in TEXTS.values():
        for text in texts["issues"][key].values():
            assert text.format_map(placeholders)
    await hass.config_entries.async_remove(entry.entry_id)
    assert raised(issue_registry) == []


async def test_a_deleted_module_leaves_its_link_in_error(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    issue_registry: ir.IssueRegistry,
) -> None:
    gone = Link(
        event=CONTACT_TO_LIGHT.event, action=LinkEnd(device_id=9, function="close")
    )
    await load(with_links(parts(modules.port), CONTACT_TO_LIGHT, gone))
    assert raised(issue_registry) == [
        ("link_module_missing", {**NAMES, "action": "#9", "id": "9"})
    ]
    first, second = await listed(hass)
    assert first["error"] is None
    assert second["error"] == "The module with the number 9 was deleted."
    assert second["action"] == {
        "device": 9,
        "function": "close",
        "name": None,
        "gateway": None,
        "gateway_name": None,
        "address": None,
    }


async def test_a_silent_module_is_told_until_it_answers(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    pass_time: PassTime,
    issue_registry: ir.IssueRegistry,
) -> None:
    entry = with_links(parts(modules.port), CONTACT_TO_LIGHT)
    await load(entry)
    await pass_time(10)
    assert raised(issue_registry) == []
    modules.silent.add(22)
    await pass_time(70)
    silent = ("link_module_silent", {**NAMES, "name": "Hall light"})
    assert raised(issue_registry) == [silent]
    assert [x["error"] for x in await listed(hass)] == [
        "Communication error with Hall light."
    ]
    # Nobody has asked yet after a reload: the repair stays, with what the user
    # decided about it.
    await hass.config_entries.async_unload(entry.entry_id)
    assert raised(issue_registry) == [silent]
    modules.silent.clear()
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await pass_time(10)
    assert raised(issue_registry) == []


async def test_the_list_is_a_table_for_spreadsheets(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    pass_time: PassTime,
    hass_ws_client: WebSocketGenerator,
    hass_client: Any,
) -> None:
    formula = Link(
        event=LinkEnd(device_id=2, function="=1+1"),
        action=LinkEnd(device_id=9, function="open; close"),
    )
    await load(with_links(parts(modules.port), CONTACT_TO_LIGHT, formula))
    await pass_time(10)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/export_links"})
    answer = (await client.receive_json())["result"]
    table = list(csv.reader(io.StringIO(answer["content"])))
    assert table == [
        [
            *("event_device", "event_name", "event_function"),
            *("event_gateway_name", "event_address"),
            *("action_device", "action_name", "action_function"),
            *("action_gateway_name", "action_address"),
            *("comment", "error"),
        ],
        [
            *("1", "Door contact", "contact closed", "Gateway 1", "21"),
            *("2", "Hall light", "close", "Gateway 1", "22", "Cellar door", ""),
        ],
        [
            *("2", "Hall light", "'=1+1", "Gateway 1", "22"),
            *("9", "", "open; close", "", "", ""),
            "The module with the number 9 was deleted.",
        ],
    ]
    web = await hass_client()
    response = await web.get(answer["url"])
    assert (await response.read()).decode("utf-8-sig") == answer["content"]
    same = await hass.services.async_call(
        DOMAIN, "export_links", {}, blocking=True, return_response=True
    )
    assert same is not None
    assert same["content"] == answer["content"]


async def test_only_administrators_get_the_file(
    hass: HomeAssistant,
    load: Load,
    modules: Modules,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    hass_read_only_user: Any,
) -> None:
    await load(with_links(parts(modules.port), CONTACT_TO_LIGHT))
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id({"type": "legrand_ews/export_links"})
    assert (await client.receive_json())["error"]["code"] == "unauthorized"
    await client.send_json_auto_id({"type": "legrand_ews/get_links"})
    assert (await client.receive_json())["success"]

    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "export_links",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )
