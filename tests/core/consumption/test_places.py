"""How devices count in the running totals of the site, loads, groups and boards (S81)."""

from dataclasses import replace

from hypothesis import given, strategies as st

from custom_components.legrand_ews.ews.consumption import Directory, weights_of
from custom_components.legrand_ews.ews.model import Installation, ObjectKind

from .building import BUILDING, HEATING, LIFTS, LIGHTING, OTHERS, device
from .test_sub_meters import TREE, installations

LOAD, GROUP, BOARD = ObjectKind.LOAD, ObjectKind.GROUP, ObjectKind.BOARD


def test_without_sub_meters_every_device_counts_where_it_is() -> None:
    everybody = set(BUILDING.devices) - {5}
    weights = weights_of(Directory(BUILDING), everybody, everybody)
    assert weights[None, None] == dict.fromkeys([1, 2, 3, 6, 7], 1)
    assert weights[LOAD, HEATING] == {2: 1}
    assert weights[LOAD, OTHERS] == {3: 1}
    assert weights[GROUP, 1] == {1: 1, 2: 1}
    assert weights[BOARD, 1] == {1: 1, 2: 1, 3: 1}


def test_what_flows_on_is_taken_from_where_the_main_meter_counts() -> None:
    everybody = set(TREE.devices)
    assert weights_of(Directory(TREE), everybody, everybody) == {
        (None, None): {10: 1, 15: 1},
        (LOAD, HEATING): {11: 1},
        (LOAD, LIGHTING): {12: 1, 13: -1},
        (LOAD, LIFTS): {13: 1},
        (LOAD, OTHERS): {15: 1},
        (GROUP, 1): {10: 1},
        (GROUP, 2): {11: 1, 13: 1},
        (BOARD, 1): {10: 1, 15: 1},
    }


def test_a_main_meter_that_is_switched_off_counts_for_nobody() -> None:
    everybody = set(TREE.devices)
    weights = weights_of(Directory(TREE), everybody, everybody - {10})
    assert weights[None, None] == {10: 1, 11: 1, 12: 1, 15: 1}


def test_a_main_meter_of_another_fluid_is_none() -> None:
    ring = replace(
        BUILDING,
        devices={
            1: device(1, load=HEATING, upstream=2),
            2: device(2, load=HEATING, upstream=1),
        },
    )
    assert weights_of(Directory(ring), {1}, {1, 2})[None, None] == {1: 1}


@given(installations(), st.data())
def test_boards_and_the_site_are_the_same_whole(
    site: Installation, data: st.DataObject
) -> None:
    """Loads too, but for the rest of main meters without a load."""
    counters = {n: data.draw(st.integers(0, 1000)) for n in site.devices}
    weights = weights_of(Directory(site), set(site.devices), set(site.devices))
    sums = {
        place: sum(counters[number] * weight for number, weight in known.items())
        for place, known in weights.items()
    }
    boards = sum(value for (kind, _), value in sums.items() if kind is BOARD)
    assert boards == sums.get((None, None), 0)
