"""The quality scale names every rule once, with a status and a reason."""

from typing import Any

import pytest
import yaml

from .places import INTEGRATION

# Rules of the scale as Home Assistant 2026.11 has them.
BRONZE = [
    "action-setup",
    "appropriate-polling",
    "brands",
    "common-modules",
    "config-flow",
    "config-flow-test-coverage",
    "dependency-transparency",
    "docs-actions",
    "docs-conditions",
    "docs-high-level-description",
    "docs-installation-instructions",
    "docs-removal-instructions",
    "docs-triggers",
    "entity-event-setup",
    "entity-unique-id",
    "has-entity-name",
    "runtime-data",
    "test-before-configure",
    "test-before-setup",
    "unique-config-entry",
]
SILVER = [
    "action-exceptions",
    "config-entry-unloading",
    "docs-configuration-parameters",
    "docs-installation-parameters",
    "entity-unavailable",
    "integration-owner",
    "log-when-unavailable",
    "parallel-updates",
    "reauthentication-flow",
    "test-coverage",
]
GOLD = [
    "devices",
    "diagnostics",
    "discovery",
    "discovery-update-info",
    "docs-data-update",
    "docs-examples",
    "docs-known-limitations",
    "docs-supported-devices",
    "docs-supported-functions",
    "docs-troubleshooting",
    "docs-use-cases",
    "dynamic-devices",
    "entity-category",
    "entity-device-class",
    "entity-disabled-by-default",
    "entity-translations",
    "exception-translations",
    "icon-translations",
    "reconfiguration-flow",
    "repair-issues",
    "stale-devices",
]
PLATINUM = ["async-dependency", "inject-websession", "strict-typing"]
RULES = [*BRONZE, *SILVER, *GOLD, *PLATINUM]


def _rules() -> dict[str, Any]:
    path = INTEGRATION / "quality_scale.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(content) == ["rules"]
    return content["rules"]


def test_every_rule_is_listed_in_the_order_of_the_scale() -> None:
    assert list(_rules()) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_status_and_a_reason(rule: str) -> None:
    entry = _rules()[rule]
    assert entry.keys() == {"status", "comment"}
    assert entry["status"] in {"done", "todo", "exempt"}
    assert len(entry["comment"].split()) >= 3


def test_parallel_updates_is_done_only_where_every_platform_states_it() -> None:
    platforms = [
        path
        for name in ("binary_sensor", "button", "number", "select", "sensor", "switch")
        if (path := INTEGRATION / f"{name}.py").exists()
    ]
    stated = all("PARALLEL_UPDATES" in path.read_text() for path in platforms)
    assert _rules()["parallel-updates"]["status"] != "done" or stated
