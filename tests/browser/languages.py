"""Which language a text of ours is in."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
import json
from pathlib import Path
import re
from typing import Final

from custom_components.legrand_ews.ews.catalogue import load_catalogue
from tests.running_site import ROOT

LANGUAGES: Final = ("en", "fr")
CALENDAR: Final[Mapping[str, str]] = {
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|"
    "March|April|June|July|August|September|October|November|December",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|"
    "avril|juin|juillet|août|septembre|octobre|novembre|décembre",
}


def foreign(words: Iterable[str], language: str, names: Iterable[str]) -> list[str]:
    """Return the texts of ours that are written in another language.

    ``names`` are what the user has written, in whatever language.
    """
    own = _patterns(language)
    others = [
        pattern
        for other in LANGUAGES
        if other != language
        for pattern in _patterns(other)
    ]
    given = set(names)
    found = []
    for text in words:
        if text in given:
            continue
        is_other = any(pattern.fullmatch(text) for pattern in others)
        if is_other and not any(pattern.fullmatch(text) for pattern in own):
            found.append(text)
            continue
        rest = text
        for name in given:
            rest = rest.replace(name, "")
        if any(part in rest for part in _foreign_parts(language)) or any(
            re.search(rf"\b(?:{months})\b", rest)
            for other, months in CALENDAR.items()
            if other != language
        ):
            found.append(text)
    return found


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """One pattern a sentence; what is filled in may be anything."""
    return tuple(
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)))
        for path in (
            ROOT / "dashboards" / "src" / "locales" / f"{language}.json",
            ROOT / "translations" / f"{language}.json",
        )
        for text in _sentences(path)
    )


def _sentences(path: Path) -> Iterator[str]:
    pending = [json.loads(path.read_text(encoding="utf-8"))]
    while pending:
        for value in pending.pop().values():
            if isinstance(value, dict):
                pending.append(value)
            # A bare placeholder says nothing about the language.
            elif re.search(r"\w{2}", re.sub(r"\{\w+\}", "", value)):
                yield value


@cache
def _foreign_parts(language: str) -> frozenset[str]:
    """Titles of models and families in the other language."""
    catalogue = load_catalogue()
    pairs = [
        *((m.description_en, m.description_fr) for m in catalogue.models.values()),
        *((f.title("en"), f.title("fr")) for f in catalogue.families.values()),
    ]
    index = LANGUAGES.index(language)
    own = {pair[index] for pair in pairs}
    return frozenset(
        pair[1 - index]
        for pair in pairs
        if not any(pair[1 - index] in text for text in own)
    )
