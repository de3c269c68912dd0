"""Every entity, action, repair and error of the integration has its sentence."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

from homeassistant.components.event import EventEntityDescription
from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.legrand_ews import calendar, condition, repairs, trigger
from custom_components.legrand_ews.archive import sensors as archive_sensors
from custom_components.legrand_ews.binary_sensor import CONNECTIVITY
from custom_components.legrand_ews.button import OPTIMISE, TEST
from custom_components.legrand_ews.costs import price_recorder
from custom_components.legrand_ews.entities import descriptions
from custom_components.legrand_ews.entities.quality import (
    EVENT as QUALITY_EVENT,
    SENSOR as QUALITY_SENSOR,
)
from custom_components.legrand_ews.event import BREAKER
from custom_components.legrand_ews.ews.billing import CostBy
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.consumption import By, Compare, Level
from custom_components.legrand_ews.ews.model import PredefinedLoad, linking
from custom_components.legrand_ews.ews.timegrid import Bucket, Period
from custom_components.legrand_ews.files import ftp as ftp_access
from custom_components.legrand_ews.greenup import (
    controls,
    events,
    issues as charging_issues,
    problems,
    sensors as charging_sensors,
)
from custom_components.legrand_ews.select import PRIORITY
from custom_components.legrand_ews.switch import ENABLED
from custom_components.legrand_ews.tariffs import (
    issues as tariff_issues,
    sensors as tariff_sensors,
)

INTEGRATION = Path(calendar.__file__).parent
TEXTS = json.loads((INTEGRATION / "translations" / "en.json").read_text("utf-8"))
ICONS = json.loads((INTEGRATION / "icons.json").read_text("utf-8"))
SERVICES = load_yaml_dict(INTEGRATION / "services.yaml")
SENSORS = (
    *descriptions.MEASUREMENTS.values(),
    *descriptions.TOTALS.values(),
    descriptions.STATUS,
    descriptions.PROVENANCE,
    *(row.description for row in archive_sensors.ROWS),
    archive_sensors.SOFTWARE_VERSION,
    archive_sensors.LAST_RESTART,
    archive_sensors.LAST_BOOT,
    archive_sensors.LOOP_DELAY,
    archive_sensors.OWN_PROCESSOR_USE,
    archive_sensors.PROCESSOR_USE,
    descriptions.ROUND_TRIP,
    descriptions.ERROR_RATE,
    descriptions.BUS_LOAD,
    *tariff_sensors.DESCRIPTIONS,
    *charging_sensors.DESCRIPTIONS,
)
ENTITIES = (
    *(("sensor", row) for row in SENSORS),
    *(("binary_sensor", row) for row in descriptions.BINARY_STATES.values()),
    ("binary_sensor", CONNECTIVITY),
    ("button", OPTIMISE),
    ("button", TEST),
    ("switch", ENABLED),
    ("select", PRIORITY),
    ("sensor", QUALITY_SENSOR),
    *(("calendar", row) for row in calendar.DESCRIPTIONS.values()),
    *(("binary_sensor", row) for row in (problems.STATION, problems.CHARGE)),
    *(("number", row) for row in controls.NUMBERS),
    *(("select", row) for row, _ in controls.CHOICES.values()),
    ("select", controls.SESSION_PRIORITY),
    ("select", controls.DEFAULT_PRIORITY),
    *(("switch", row) for row in controls.FLAGS.values()),
    ("switch", controls.ALLOWED),
)
EVENTS = (BREAKER, QUALITY_EVENT, events.SITE, events.STATION)
COMMANDS = {
    (command.kind.value, command.key): command
    for register_map in load_catalogue().maps.values()
    for command in register_map.commands
}
"""What devices can be told, by platform and key."""
IN_TABLES = {("sensor", key) for key in descriptions.BINARY_STATES}
"""The table of first values in the device flow names every quantity as a sensor."""
OF_OWN_MAPS = {
    (platform, f"output_{number}{setting}")
    for number in (7, 8)
    for platform, setting in (
        ("switch", ""),
        ("select", "_mode"),
        ("select", "_normal_state"),
        ("number", "_on_time"),
    )
}
"""Outputs that no built-in map has, but a user's own may."""


@pytest.mark.parametrize(
    ("platform", "row"), ENTITIES, ids=[f"{p}.{row.key}" for p, row in ENTITIES]
)
def test_entities_have_names_states_and_icons(platform: str, row: Any) -> None:
    text = TEXTS["entity"][platform][row.translation_key]
    assert text["name"]
    options = getattr(row, "options", None)
    if options is not None:
        assert text["state"].keys() == set(options)
    # Home Assistant has an icon of its own for every device class but these.
    device_class = getattr(row, "device_class", None)
    if device_class is None or str(device_class) == "enum":
        assert "default" in ICONS["entity"][platform][row.translation_key]


def test_nothing_is_named_that_does_not_exist() -> None:
    named = {
        (platform, key) for platform, rows in TEXTS["entity"].items() for key in rows
    }
    rows = {(platform, row.translation_key) for platform, row in ENTITIES}
    events = {("event", row.translation_key) for row in EVENTS}
    assert named == rows | events | COMMANDS.keys() | IN_TABLES | OF_OWN_MAPS


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row.key)
def test_events_have_names(row: EventEntityDescription) -> None:
    text = TEXTS["entity"]["event"][row.translation_key]
    types = text["state_attributes"]["event_type"]["state"]
    assert types.keys() == set(row.event_types or ())


@pytest.mark.parametrize(("platform", "key"), sorted(COMMANDS))
def test_commands_have_names_options_and_icons(platform: str, key: str) -> None:
    text = TEXTS["entity"][platform][key]
    assert text["name"]
    if platform == "select":
        assert text["state"].keys() == set(COMMANDS[platform, key].values)
    assert ICONS["entity"][platform][key]["default"].startswith("mdi:")


def test_actions_have_texts_and_icons() -> None:
    assert TEXTS["services"].keys() == SERVICES.keys() == ICONS["services"].keys()
    for name, action in SERVICES.items():
        texts = TEXTS["services"][name]
        assert texts["name"]
        assert texts["description"]
        assert texts["fields"].keys() == action["fields"].keys()
        assert all(x["name"] and x["description"] for x in texts["fields"].values())


@pytest.mark.parametrize(
    ("kind", "known", "icon"),
    [
        ("triggers", trigger.TRIGGERS, "trigger"),
        ("conditions", condition.CONDITIONS, "condition"),
    ],
)
def test_triggers_and_conditions_have_texts_and_icons(
    kind: str, known: Any, icon: str
) -> None:
    described = load_yaml_dict(INTEGRATION / f"{kind}.yaml")
    texts = TEXTS[kind]
    assert described.keys() == known.keys() == texts.keys() == ICONS[kind].keys()
    for name, description in described.items():
        assert ICONS[kind][name][icon].startswith("mdi:")
        assert texts[name]["fields"].keys() == description["fields"].keys()
        assert all(
            x["name"] and x["description"] for x in texts[name]["fields"].values()
        )


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("level", Level),
        ("by", By),
        ("period", Period),
        ("bucket", Bucket),
        ("compare", Compare),
    ],
)
def test_choices_are_those_of_the_core(field: str, kind: Any) -> None:
    select = SERVICES["get_consumption"]["fields"][field]["selector"]["select"]
    assert select["options"] == list(kind)
    texts = TEXTS["selector"][select["translation_key"]]["options"]
    assert texts.keys() == set(kind)


def test_costs_are_split_as_the_core_can() -> None:
    select = SERVICES["get_costs"]["fields"]["by"]["selector"]["select"]
    assert select["options"] == list(CostBy)
    texts = TEXTS["selector"][select["translation_key"]]["options"]
    assert texts.keys() == set(CostBy)


def test_predefined_loads_have_names() -> None:
    assert TEXTS["device"].keys() == {f"load_{key}" for key in PredefinedLoad}


def test_repairs_have_sentences() -> None:
    assert TEXTS["issues"].keys() == {
        repairs.ORPHANED_DEVICES,
        repairs.DEVICE_WITHOUT_MODEL,
        repairs.ARCHIVE_WRITE_FAILED,
        repairs.ARCHIVE_DAMAGED,
        repairs.OVERLOADED,
        repairs.ARCHIVE_SHORT_OF_ROOM,
        repairs.STUCK_METER,
        *tariff_issues.ISSUES,
        *charging_issues.ISSUES,
        ftp_access.FTP_UNAVAILABLE,
        price_recorder.PRICE_UNIT_WRONG,
        price_recorder.PRICE_SOURCE_SILENT,
        linking.MISSING,
        linking.UNFIT,
        linking.OFF,
        linking.SILENT,
        linking.APART,
    }


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Every error that the skin around the core makes by name."""
    core = set((INTEGRATION / "ews").rglob("*.py"))
    for path in sorted(set(INTEGRATION.rglob("*.py")) - core):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"invalid", "failed"}
                and isinstance(node.args[0], ast.Constant)
            ):
                names = {word.arg for word in node.keywords if word.arg}
                yield path.name, str(node.args[0].value), names


def test_errors_have_sentences() -> None:
    found = list(raised())
    assert len(found) >= 4
    for place, key, names in found:
        message = TEXTS["exceptions"][key]["message"]
        assert all(f"{{{name}}}" in message for name in names), (place, key)
