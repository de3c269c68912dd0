"""In which running totals each device counts, and how: the site, loads, groups, boards.

A total is a weighted sum of its devices' counters: a sub-meter is taken from where its
main meter counts, so that what flows through both is in a total once (S81).
"""

from collections.abc import Collection, Container, Iterator, Mapping

from ..model import ObjectKind
from .directory import Directory, Member
from .scope import Places, group_members

type Place = tuple[ObjectKind | None, int | None]
"""An object by kind and number; the site has neither."""
SITE: Place = (None, None)


def weights_of(
    directory: Directory, counting: Collection[int], running: Container[int]
) -> Mapping[Place, Mapping[int, int]]:
    """Return the devices of every total with their weights, 1 or -1.

    ``counting`` are the devices that count the fluid in question; those that are
    ``running`` count for what lies behind them too.
    """
    members = [
        member
        for member in directory.members.values()
        if member.id in counting and not member.is_excluded
    ]
    among = frozenset(member.id for member in members)
    mains = frozenset(number for number in among if number in running)
    places = Places(directory, among)
    weights: dict[Place, dict[int, int]] = {}
    for member in members:
        above = next(directory.tree.above(member.id, mains), None)
        taken_from: set[Place] = set()
        if above is not None:
            taken_from = set(shared_places(places, directory.members[above]))
        for place in shared_places(places, member):
            weights.setdefault(place, {})[member.id] = 1
        for place in taken_from:
            known = weights.setdefault(place, {})
            known[member.id] = known.get(member.id, 0) - 1
        for group_id in places.of(member, ObjectKind.GROUP):
            beside = group_members(directory, group_id) & mains
            is_inside = next(directory.tree.above(member.id, beside), None) is not None
            group = weights.setdefault((ObjectKind.GROUP, group_id), {})
            group[member.id] = 0 if is_inside else 1
    return {
        place: {number: weight for number, weight in known.items() if weight}
        for place, known in weights.items()
    }


def shared_places(places: Places, member: Member) -> Iterator[Place]:
    """The objects that share out the whole in which a device counts."""
    yield SITE
    for kind in (ObjectKind.LOAD, ObjectKind.BOARD):
        for number in places.of(member, kind):
            yield kind, number
