"""Links that the maker's software has programmed between EMS CX3 modules (S179)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnd:
    """A module, by the permanent number of its device, and what it does in a link."""

    device_id: int
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What happens at one module makes another one act, without any server.

    Nothing of it can be read from a bus, so it is what the user has written down.
    """

    event: LinkEnd
    action: LinkEnd
    comment: str = ""

    @property
    def ends(self) -> tuple[LinkEnd, LinkEnd]:
        """Both modules."""
        return self.event, self.action
