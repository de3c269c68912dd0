"""A limit that comes from outside, as a grid operator may ask, with a safe value."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .checks import LARGEST_CURRENT_A

_IN_FUTURE = timedelta(seconds=60)
"""By how much a sender's clock may be ahead of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalLimit:
    """A signal that bounds the main circuit, and what holds without it.

    A signal that is not renewed for ``timeout_s`` seconds, was never heard, or makes no
    sense counts as lost: then each phase is bounded by ``safe_a`` until a valid one comes.
    """

    safe_a: int
    timeout_s: int = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSignal:
    """What was received last: amperes of each phase, None for no bound at present."""

    limit_a: int | None
    received_at: datetime


def external_limit(
    settings: ExternalLimit | None, signal: ExternalSignal | None, now: datetime
) -> tuple[int | None, bool]:
    """Return the bound of this moment, and whether it is the safe value of a lost signal."""
    if settings is None:
        return None, False
    if signal is None:
        return settings.safe_a, True
    age = now - signal.received_at
    is_timely = -_IN_FUTURE <= age <= timedelta(seconds=settings.timeout_s)
    limit = signal.limit_a
    if not is_timely or not (limit is None or 0 <= limit <= LARGEST_CURRENT_A):
        return settings.safe_a, True
    return limit, False
