"""The files by which Home Assistant and HACS know the integration."""

import importlib.metadata
import importlib.util
import json
from pathlib import Path
import tomllib
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
import pytest

from .places import INTEGRATION, ROOT


def _home_assistant() -> Path:
    """Return the installed package's folder without importing it."""
    spec = importlib.util.find_spec("homeassistant")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _manifest() -> dict[str, Any]:
    return json.loads((INTEGRATION / "manifest.json").read_text(encoding="utf-8"))


def _core_pins() -> dict[str, set[str]]:
    """Return the exact versions that core asks for, by normalized name."""
    folder = _home_assistant()
    lines = (folder / "package_constraints.txt").read_text(encoding="utf-8").split("\n")
    for manifest in (folder / "components").glob("*/manifest.json"):
        lines += json.loads(manifest.read_text(encoding="utf-8")).get(
            "requirements", []
        )
    pins: dict[str, set[str]] = {}
    for line in lines:
        text = line.split("#")[0].strip()
        if "==" not in text:
            continue
        pinned = Requirement(text)
        for specifier in pinned.specifier:
            if specifier.operator == "==" and "*" not in specifier.version:
                name = canonicalize_name(pinned.name)
                pins.setdefault(name, set()).add(specifier.version)
    return pins


def test_manifest_has_the_keys_that_hassfest_and_hacs_require() -> None:
    manifest = _manifest()
    required = {
        "codeowners",
        "config_flow",
        "documentation",
        "domain",
        "integration_type",
        "iot_class",
        "issue_tracker",
        "name",
        "version",
    }
    assert required <= manifest.keys()
    assert manifest["domain"] == INTEGRATION.name
    assert manifest["config_flow"] is True
    assert manifest["integration_type"] == "hub"
    assert manifest["iot_class"] == "local_polling"
    assert all(owner.startswith("@") for owner in manifest["codeowners"])
    for key in ("documentation", "issue_tracker"):
        assert manifest[key].startswith("https://")


def test_manifest_keys_are_in_hassfest_order() -> None:
    keys = list(_manifest())
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert _manifest()["version"] == project["project"]["version"]


@pytest.mark.parametrize("key", ["dependencies", "after_dependencies"])
def test_integrations_that_are_named_exist(key: str) -> None:
    components = _home_assistant() / "components"
    for domain in _manifest()[key]:
        assert (components / domain / "manifest.json").exists(), domain


def test_requirements_admit_what_home_assistant_pins() -> None:
    pins = _core_pins()
    refused = [
        f"{requirement} refuses {version}"
        for requirement in map(Requirement, _manifest()["requirements"])
        for version in pins.get(canonicalize_name(requirement.name), ())
        if version not in requirement.specifier
    ]
    assert refused == []


def test_requirements_are_met_by_the_locks() -> None:
    for requirement in map(Requirement, _manifest()["requirements"]):
        installed = importlib.metadata.version(requirement.name)
        assert installed in requirement.specifier, requirement


def test_hacs_file_has_only_keys_that_hacs_accepts() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))
    accepted = {
        "name",
        "content_in_root",
        "country",
        "filename",
        "hacs",
        "hide_default_branch",
        "homeassistant",
        "persistent_directory",
        "render_readme",
        "zip_release",
    }
    assert hacs.keys() <= accepted
    assert hacs["name"] == _manifest()["name"]


def test_the_floor_is_the_version_the_tests_run_on() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))
    installed = Version(importlib.metadata.version("homeassistant"))
    assert Version(hacs["homeassistant"]) == installed


def test_files_that_hacs_looks_for_exist() -> None:
    for name in ("README.md", "LICENSE"):
        assert (ROOT / name).read_text(encoding="utf-8").strip(), name


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("icon.png", 256, 256),
        ("icon@2x.png", 512, 512),
        ("dark_icon.png", 256, 256),
        ("dark_icon@2x.png", 512, 512),
        ("logo.png", None, 128),
        ("logo@2x.png", None, 256),
        ("dark_logo.png", None, 128),
        ("dark_logo@2x.png", None, 256),
    ],
)
def test_brand_image_has_the_size_of_home_assistants_brands(
    name: str, width: int | None, height: int
) -> None:
    """Read width and height from the PNG's IHDR chunk (PNG specification 11.2.2)."""
    data = (INTEGRATION / "brand" / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert data[12:16] == b"IHDR"
    if width is not None:
        assert int.from_bytes(data[16:20]) == width
    assert int.from_bytes(data[20:24]) == height
