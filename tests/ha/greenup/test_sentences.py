"""Every reason of the core is said in a sentence, with the values that it brings."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any, Final

import pytest

from custom_components.legrand_ews import greenup
from custom_components.legrand_ews.ews import charging
from custom_components.legrand_ews.ews.charging import Reason, ReasonKind, Why
from custom_components.legrand_ews.greenup.events import OF_SITE
from custom_components.legrand_ews.greenup.issues import ISSUES

from .garage import LEFT, Open

CORE: Final = Path(charging.__file__).parent
TEXTS: Final = Path(greenup.__file__).parents[1] / "translations"
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
ALWAYS: Final = {"station", "circuit", "phase"}
OF_VARIABLES: Final = {
    "limit_a": {
        ReasonKind.FALLBACK,
        ReasonKind.LAST_RESORT,
        ReasonKind.REDUCED_IN_RED,
        ReasonKind.REDUCED_TO_MAKE_ROOM,
        ReasonKind.REDUCED_TO_SHARE,
        ReasonKind.HARD_LIMIT_REDUCED,
        ReasonKind.STARTED,
        ReasonKind.RESUMED,
        ReasonKind.RAISED,
        ReasonKind.LIMIT_IGNORED,
        ReasonKind.LIMIT_FOLLOWED,
    },
    "load_a": {ReasonKind.LIMIT_IGNORED, ReasonKind.LIMIT_FOLLOWED},
}
"""Where the core has the kind in a variable, what it brings with each."""


def said() -> Iterator[tuple[ReasonKind, set[str]]]:
    """Every reason that the core gives by its name, with the values."""
    for path in sorted(CORE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and isinstance(node.args[0], ast.Attribute)
            ):
                names = {str(x.arg) for x in node.keywords}
                yield ReasonKind[node.args[0].attr], names


def sentences(language: str) -> dict[str, Any]:
    content = json.loads((TEXTS / f"{language}.json").read_text("utf-8"))
    return {key: value["message"] for key, value in content["exceptions"].items()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reason_has_a_sentence_of_values_that_it_brings(language: str) -> None:
    texts = sentences(language)
    brought: dict[ReasonKind, set[str]] = {kind: set() for kind in ReasonKind}
    for kind, names in said():
        brought[kind] |= names
    for name, kinds in OF_VARIABLES.items():
        for kind in kinds:
            brought[kind].add(name)
    for kind in ReasonKind:
        wanted = set(PLACEHOLDER.findall(texts[f"charging_{kind}"]))
        assert wanted - ALWAYS <= brought[kind], kind
        # Who it is about is always named.
        is_of_site = kind in OF_SITE
        assert ("station" in wanted) is not is_of_site, kind


@pytest.mark.parametrize(
    ("language", "charge", "said"),
    [
        ("en", "1.18", "1.2 Ah"),
        ("fr", "1.18", "1,2 Ah"),
        ("en-GB", "1024.00", "1,024.0 Ah"),
        ("fr", "1024.00", "1\u202f024,0 Ah"),
    ],
)
async def test_a_quantity_is_written_as_the_language_writes_numbers(
    open_garage: Open, language: str, charge: str, said: str
) -> None:
    garage = await open_garage()
    watch = garage.entry.runtime_data.charging_watch
    sentences = await watch.async_sentences(language)
    reason = Reason(
        kind=ReasonKind.SESSION_ENDED, station_id=LEFT, values=(("charge_ah", charge),)
    )
    assert said in sentences.of_reason(reason)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_wish_has_a_sentence(language: str) -> None:
    texts = sentences(language)
    assert {f"charging_why_{why}" for why in Why} == {
        key for key in texts if key.startswith("charging_why_")
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_repairs_have_sentences(language: str) -> None:
    content = json.loads((TEXTS / f"{language}.json").read_text("utf-8"))
    for kind in ISSUES:
        assert content["issues"][kind].keys() == {"title", "description"}
