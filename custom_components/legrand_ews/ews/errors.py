"""One tree of errors, each with a translation key and the values it speaks of.

The text a user reads is not written here: boundaries (config flow, action,
WebSocket) look ``key`` up in ``translations/`` and fill in ``placeholders``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import override


class EwsError(Exception):
    """Base of every error that the Energy Web Server raises on purpose."""

    def __init__(self, key: str, **placeholders: object) -> None:
        """Name the translation ``key`` and the values its sentence needs."""
        super().__init__(key)
        self.key = key
        self.placeholders: Mapping[str, str] = MappingProxyType(
            {name: str(value) for name, value in placeholders.items()}
        )

    @override
    def __str__(self) -> str:
        """Return the key and its values: for logs, never for users."""
        if not self.placeholders:
            return self.key
        values = ", ".join(
            f"{name}={value}" for name, value in self.placeholders.items()
        )
        return f"{self.key} ({values})"


class ConfigurationError(EwsError):
    """A value of the installation breaks a rule; ``field`` names where."""

    def __init__(
        self, key: str, *, field: str = "base", **placeholders: object
    ) -> None:
        """Name the offending ``field`` beside the key."""
        super().__init__(key, **placeholders)
        self.field = field


class CatalogueError(ConfigurationError):
    """A register map or model file is wrong; placeholders name file and line."""


class BusError(EwsError):
    """A device or gateway did not answer as it should."""


class GatewayUnreachableError(BusError):
    """No connection to the gateway can be made or kept."""


class DeviceSilentError(BusError):
    """The gateway answers, the device does not."""


class DeviceRefusedError(BusError):
    """The device answered with a Modbus exception or with nonsense."""


class ArchiveError(EwsError):
    """The archive cannot be opened, read or written."""


class DeliveryError(EwsError):
    """A mail, message or file could not be handed over."""


class AccessError(EwsError):
    """The user may not see or do this."""
