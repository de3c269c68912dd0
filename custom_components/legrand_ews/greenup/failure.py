"""Why a station has not obeyed, kept so that it can be said in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from homeassistant.exceptions import HomeAssistantError

from ..errors import failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An order that failed: ``text`` is for the log.

    ``domain`` and ``key`` name the sentence that the integration it comes from has for
    it, with ``placeholders``; where there is none they are empty.
    """

    text: str
    domain: str = ""
    key: str = ""
    placeholders: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, error: Exception) -> Self:
        """Take from an error what is worth keeping."""
        if isinstance(error, TimeoutError):
            error = failed("station_too_slow")
        text = str(error) or type(error).__name__
        if not isinstance(error, HomeAssistantError):
            return cls(text=text)
        return cls(
            text=text,
            domain=error.translation_domain or "",
            key=error.translation_key or "",
            placeholders=error.translation_placeholders or {},
        )
