"""The one place where the core's errors become Home Assistant's."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .const import DOMAIN
from .ews.errors import AccessError, ConfigurationError, EwsError


def home_assistant_error(error: EwsError) -> HomeAssistantError:
    """Return the same error as Home Assistant shows it: same key, same values.

    What the caller can put right becomes a ServiceValidationError, which is not
    logged with a trace.
    """
    if isinstance(error, ConfigurationError | AccessError):
        return translated(error, ServiceValidationError)
    return translated(error, HomeAssistantError)


def translated[E: HomeAssistantError](error: EwsError, kind: type[E]) -> E:
    """Return an error of a kind of Home Assistant's with the same key and values."""
    return kind(
        translation_domain=DOMAIN,
        translation_key=error.key,
        translation_placeholders=dict(error.placeholders),
    )


def invalid(key: str, **placeholders: object) -> ServiceValidationError:
    """Return the error for a request that names what is not there."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={name: str(v) for name, v in placeholders.items()},
    )


def failed(key: str, **placeholders: object) -> HomeAssistantError:
    """Return the error for a request that was right and could not be met."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={name: str(v) for name, v in placeholders.items()},
    )


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise the core's errors inside as Home Assistant's."""
    try:
        yield
    except EwsError as error:
        raise home_assistant_error(error) from error
