"""The documents name what is there: pages, places in them, pictures, packages, actions."""

from collections.abc import Iterator
from pathlib import Path
import re
import tomllib

import pytest
import yaml

from .places import CORE, INTEGRATION, ROOT, repository_files

PAGES = [path for path in repository_files() if path.suffix == ".md"]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
IMAGE = re.compile(r"<img\s[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def prose(page: Path) -> str:
    """Return a page without what it quotes."""
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)


def anchors(page: Path) -> set[str]:
    """Return the places of a page as a forge names them."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.M)
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-")
        for heading in headings
    }


def pictures(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the words that stand for each picture, and its file."""
    text = prose(page)
    yield from PICTURE.findall(text)
    for image in IMAGE.findall(text):
        found = dict(ATTRIBUTE.findall(image))
        yield found.get("alt", ""), found["src"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(prose(page)):
        file, _, place = link.partition("#")
        if file.startswith(("http:", "https:")):
            continue
        target = page if not file else page.parent / file
        if not target.exists() or (place and place not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_pictures_are_there_and_said_in_words() -> None:
    shown = [(page, *one) for page in PAGES for one in pictures(page)]
    wrong = [
        (page.name, file)
        for page, words, file in shown
        if not words or not (page.parent / file).is_file()
    ]
    assert wrong == []
    used = {(page.parent / file).resolve() for page, _, file in shown}
    assert set((ROOT / "docs" / "images").iterdir()) <= used


def test_the_packages_are_those_of_the_core_in_the_order_of_their_layers() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    table = page.split("| Package | Its one job |")[1].split("\n\n")[0]
    told = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.split("\n")[2:]]
    there = {
        path.stem
        for path in CORE.iterdir()
        if not path.name.startswith("_")
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }
    assert {name for row in told for name in row} == there

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (x["layers"] for x in contracts if x["id"] == "layers")
    rank = {
        name: number
        for number, layer in enumerate(layers)
        for name in re.findall(r"\w+", layer)
    }
    ranks = [rank[name] for row in told for name in row]
    assert ranks == sorted(ranks)


def test_what_can_be_called_is_called_by_its_name() -> None:
    there = {
        name
        for file in ("services.yaml", "triggers.yaml", "conditions.yaml")
        for name in yaml.safe_load((INTEGRATION / file).read_text(encoding="utf-8"))
        if not name.startswith(".")
    }
    told = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(
            r"(?<![.\w])legrand_ews\.([a-z_]+)", page.read_text("utf-8")
        )
    }
    assert {(page, name) for page, name in told if name not in there} == set()
