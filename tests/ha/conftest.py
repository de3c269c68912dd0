"""Fixtures for tests inside Home Assistant.

The kit is loaded here and not by its entry point (`pyproject.toml` switches that off),
so that the other folders run without Home Assistant.
"""

import pytest

# Ours must be found before the kit's own folder of that name.
import custom_components  # noqa: F401

pytest_plugins = ("respx.plugin", "pytest_homeassistant_custom_component.plugins")


@pytest.fixture(autouse=True)
def _our_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration from this repository."""
