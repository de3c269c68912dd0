"""Every sentence exists in every language and speaks of the same values."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

import pytest

from .places import CORE, ROOT

# The dashboards' own texts are kept apart because Home Assistant refuses their keys.
FOLDERS = [ROOT / "translations", ROOT / "dashboards" / "src" / "locales"]
LANGUAGES = ["en", "fr"]
OTHERS = [language for language in LANGUAGES if language != "en"]

# Top-level keys of an integration's translation file that hassfest accepts.
SECTIONS = {
    "common",
    "conditions",
    "config",
    "config_panel",
    "config_subentries",
    "conversation",
    "device",
    "device_automation",
    "entity",
    "exceptions",
    "issues",
    "options",
    "preview_features",
    "selector",
    "services",
    "system_health",
    "title",
    "triggers",
}
# Words that are written alike in both languages, and nothing longer than a name.
ALIKE = set(
    (Path(__file__).parent / "written_alike.txt").read_text("utf-8").split("\n")
)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def flat(node: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every sentence with its dotted key."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from flat(value, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix, node


def sentences(folder: Path, language: str) -> dict[str, str]:
    """Return the sentences of one language by their dotted keys."""
    content = (folder / f"{language}.json").read_text(encoding="utf-8")
    return dict(flat(json.loads(content)))


@pytest.fixture(params=FOLDERS, ids=["integration", "dashboards"])
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_languages_are_complete_files(folder: Path) -> None:
    assert sorted(path.stem for path in folder.glob("*.json")) == LANGUAGES


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys(folder: Path, language: str) -> None:
    assert sentences(folder, language).keys() == sentences(folder, "en").keys()


@pytest.mark.parametrize("language", OTHERS)
def test_languages_speak_of_the_same_values(folder: Path, language: str) -> None:
    translated = sentences(folder, language)
    different = [
        key
        for key, english in sentences(folder, "en").items()
        if set(PLACEHOLDER.findall(english))
        != set(PLACEHOLDER.findall(translated.get(key, "")))
    ]
    assert different == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(folder: Path, language: str) -> None:
    translated = sentences(folder, language)
    left = {
        english
        for key, english in sentences(folder, "en").items()
        if translated.get(key) == english and re.search(r"[^\W\d_]{2}", english)
    }
    assert sorted(left - ALIKE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_clean(folder: Path, language: str) -> None:
    bad = {
        key: text
        for key, text in sentences(folder, language).items()
        if not text
        or text != text.strip()
        or "://" in text
        or re.search(r"<\w+>|</", text)
        or re.search(r"'\{\w+\}'", text)
    }
    assert bad == {}


def test_apostrophes_are_curly(folder: Path) -> None:
    """The name of the stations alone is written with a straight one."""
    straight = [
        text
        for language in LANGUAGES
        for text in sentences(folder, language).values()
        if re.search(r"\w'\w", text.replace("Green'Up", ""))
    ]
    assert straight == []


def test_french_signs_keep_to_their_words(folder: Path) -> None:
    """No line begins with a sign: what stands before it is a no-break space."""
    loose = [
        text
        for text in sentences(folder, "fr").values()
        if re.search(r" [:;?!»%](?!\w)|« |[\d}]%|\w[?!»]", text)
    ]
    assert loose == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_assistant_accepts_the_sections(language: str) -> None:
    content = json.loads((FOLDERS[0] / f"{language}.json").read_text(encoding="utf-8"))
    assert content.keys() <= SECTIONS
    keys = {part for key in sentences(FOLDERS[0], language) for part in key.split(".")}
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9_-]+", key)] == []


def raised_in_core() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield place, key and placeholder names of every error that the core makes.

    The names are None where they are handed over as a mapping.
    """
    tree = ast.parse((CORE / "errors.py").read_text(encoding="utf-8"))
    errors = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in errors
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                words = {word.arg for word in node.keywords}
                names = None if None in words else {str(word) for word in words}
                place = f"{path.relative_to(CORE)}:{node.lineno}"
                yield place, str(node.args[0].value), names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_of_the_core_has_a_sentence(language: str) -> None:
    texts = sentences(FOLDERS[0], language)
    problems = []
    for place, key, names in raised_in_core():
        text = texts.get(f"exceptions.{key}.message")
        if text is None:
            problems.append(f"{place}: no sentence for {key}")
        elif names is not None and (unknown := set(PLACEHOLDER.findall(text)) - names):
            problems.append(f"{place}: {key} does not fill in {sorted(unknown)}")
    assert problems == []
