"""The reference of actions says what services.yaml and the translations say."""

import json
from typing import Any

import pytest
import yaml

from .places import INTEGRATION, ROOT

SOURCE: dict[str, Any] = yaml.safe_load(
    (ROOT / "docs" / "actions.yaml").read_text(encoding="utf-8")
)
SERVICES: dict[str, Any] = yaml.safe_load(
    (INTEGRATION / "services.yaml").read_text(encoding="utf-8")
)
ACTIONS: dict[str, Any] = {
    name: told for group in SOURCE["groups"] for name, told in group["actions"].items()
}


def test_every_action_is_told_of() -> None:
    assert sorted(ACTIONS) == sorted(SERVICES)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_example_fills_the_fields_that_there_are(name: str) -> None:
    fields = SERVICES[name]["fields"]
    call = ACTIONS[name]["call"]
    assert call.keys() <= fields.keys()
    required = {key for key, field in fields.items() if field.get("required")}
    assert required <= call.keys()


@pytest.mark.parametrize("name", ACTIONS)
def test_an_answer_is_json(name: str) -> None:
    answer = ACTIONS[name].get("answer")
    assert answer is None or isinstance(json.loads(answer), dict)
