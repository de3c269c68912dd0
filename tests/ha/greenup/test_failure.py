"""Why an order has failed is said in the language that is asked for."""

import json
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.legrand_ews import greenup
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.errors import failed
from custom_components.legrand_ews.greenup.failure import Failure
from custom_components.legrand_ews.greenup.sentences import Sentences

FRENCH: Final = Path(greenup.__file__).parents[1] / "translations" / "fr.json"


@pytest.fixture
def sentences() -> Sentences:
    """French, with a sentence of another integration."""
    content = json.loads(FRENCH.read_text("utf-8"))
    texts = {
        f"component.{DOMAIN}.exceptions.{key}.message": row["message"]
        for key, row in content["exceptions"].items()
    }
    texts["component.box.exceptions.gone.message"] = "{name} est partie"
    management: Any = None
    return Sentences(texts, management, str, "fr")


def of_box(key: str, **placeholders: str) -> HomeAssistantError:
    return HomeAssistantError(
        "in English",
        translation_domain="box",
        translation_key=key,
        translation_placeholders=placeholders,
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(
            failed("write_refused", code="4"),
            "L’appareil a refusé la commande (exception Modbus 4).",
            id="ours",
        ),
        pytest.param(TimeoutError(), "Elle n’a pas obéi à temps.", id="too slow"),
        pytest.param(of_box("gone", name="Elle"), "Elle est partie", id="another's"),
        pytest.param(of_box("gone"), "in English", id="a value is missing"),
        pytest.param(of_box("lost"), "in English", id="no sentence for it"),
        pytest.param(HomeAssistantError("Offline"), "Offline", id="a text"),
        pytest.param(HomeAssistantError(), "HomeAssistantError", id="nothing"),
        pytest.param(KeyError("current"), "'current'", id="anything else"),
    ],
)
async def test_what_is_said(
    hass: HomeAssistant, sentences: Sentences, error: Exception, said: str
) -> None:
    assert sentences.of_failure(Failure.of(error)) == said
