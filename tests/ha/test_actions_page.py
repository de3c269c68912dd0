"""What the documents say of actions holds for the actions of a running site."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

ROOT = Path(__file__).resolve().parents[2]
SOURCE: dict[str, Any] = yaml.safe_load(
    (ROOT / "docs" / "actions.yaml").read_text(encoding="utf-8")
)
ACTIONS: dict[str, Any] = {
    name: told for group in SOURCE["groups"] for name, told in group["actions"].items()
}
PLAN = {
    "tariffs": [{"name": "Base", "color": "#102030", "prices": [{"price": "0.20"}]}],
    "rules": [{"tariff": "Base"}],
}
TODAY = {"start": "2026-11-23", "end": "2026-11-23"}
# What a site with one meter can be asked; documented examples ask the demo's site.
ASKED: dict[str, dict[str, Any]] = {
    "get_consumption": {"compare": "previous"},
    "get_overall": {"compare": "previous"},
    "compare_consumption": {"items": [{"level": "device", "id": 1}] * 2},
    "get_costs": {"by": "tariff"},
    "get_tariffs": TODAY,
    "set_cost_rules": {**PLAN, "dry_run": True},
    "recompute_costs": {"dry_run": True},
    "get_bill": {},
    "get_corrections": {},
    "get_charging_sessions": {"file": True},
    "test_gateway": {"gateway": 1},
    "test_device": {"device": 1},
    "scan_bus": {"gateway": 1, "first": 11, "last": 12},
    "get_links": {},
    "export_links": {},
    "export_installation": {},
    "import_installation": {"content": "kind;name\ngroup;Tenant 2", "dry_run": True},
    "import_history": {
        "samples": [
            {
                "device": 1,
                "start": "2024-06-01T00:00:00+02:00",
                "length": 600,
                "quantity": "active_energy_import",
                "value": 123,
            }
        ],
        "dry_run": True,
    },
    "export_data": TODAY,
    "optimize": {},
}


def examples() -> Iterator[Any]:
    """Yield every action that a document shows, with what it is asked."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.S):
            shown = yaml.safe_load(block)
            if isinstance(shown, dict) and str(shown.get("action")).startswith(DOMAIN):
                name = shown["action"].removeprefix(f"{DOMAIN}.")
                yield pytest.param(
                    name, shown.get("data", {}), id=f"{page.stem}-{name}"
                )


@pytest.fixture
async def running(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> MockConfigEntry:
    """A site with one meter and one tariff, which has recorded an interval."""
    server = await start_server({11: emdx3(imported_wh=1000)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    server.units[11] = emdx3(imported_wh=1300)
    await pass_time(8 * 60)
    await call(hass, "set_cost_rules", **PLAN)
    await pass_time(3)
    return entry


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


@pytest.fixture
async def empty(hass: HomeAssistant, load: Load) -> MockConfigEntry:
    """A site without anything in it."""
    entry = site.entry([])
    await load(entry)
    return entry


@pytest.mark.usefixtures("empty")
async def test_every_action_is_told_of_as_it_answers(hass: HomeAssistant) -> None:
    services = hass.services.async_services()[DOMAIN]
    assert sorted(services) == sorted(ACTIONS)
    answering = {
        name
        for name, one in services.items()
        if one.supports_response is not SupportsResponse.NONE
    }
    assert answering == {name for name, told in ACTIONS.items() if "answer" in told}


@pytest.mark.usefixtures("empty")
async def test_every_command_is_told_of(hass: HomeAssistant) -> None:
    """Each action is a command as well; some commands are no actions."""
    prefix = f"{DOMAIN}/"
    commands = {
        name.removeprefix(prefix)
        for name in hass.data["websocket_api"]
        if name.startswith(prefix)
    }
    assert commands == ACTIONS.keys() | SOURCE["commands"].keys()


@pytest.mark.usefixtures("empty")
async def test_only_what_is_said_to_be_for_administrators_is(
    hass: HomeAssistant, hass_read_only_user: User
) -> None:
    refused = set()
    for name, told in ACTIONS.items():
        try:
            await hass.services.async_call(
                DOMAIN,
                name,
                told["call"],
                blocking=True,
                context=Context(user_id=hass_read_only_user.id),
                return_response="answer" in told,
            )
        except Unauthorized:
            refused.add(name)
        except HomeAssistantError:
            pass  # the site has nothing of what the example speaks of
    told_so = {name for name, x in ACTIONS.items() if x.get("who") == "administrators"}
    assert refused == told_so


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(("name", "data"), examples())
async def test_an_action_takes_what_the_documents_show(
    hass: HomeAssistant, name: str, data: dict[str, Any]
) -> None:
    schema = hass.services.async_services()[DOMAIN][name].schema
    assert schema is not None
    schema(data)


@pytest.mark.usefixtures("empty")
async def test_an_action_takes_the_examples_of_its_form(hass: HomeAssistant) -> None:
    text = (ROOT / "custom_components" / DOMAIN / "services.yaml").read_text("utf-8")
    for name, service in yaml.safe_load(text).items():
        schema = hass.services.async_services()[DOMAIN][name].schema
        assert schema is not None
        for key, field in service["fields"].items():
            if "example" in field:
                is_object = "object" in field["selector"]
                example = field["example"]
                value = yaml.safe_load(example) if is_object else example
                schema({**ACTIONS[name]["call"], key: value})


@pytest.mark.usefixtures("running")
async def test_answers_have_the_keys_that_are_told(hass: HomeAssistant) -> None:
    different = {}
    for name, data in ASKED.items():
        answer = (await call(hass, name, **data)).keys()
        told = json.loads(ACTIONS[name]["answer"]).keys()
        if answer != told:
            different[name] = {"missing": answer - told, "invented": told - answer}
    assert different == {}
