"""How devices count in the running totals of the site, loads, groups and boards (S81)."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from custom_components.legrand_ews.ews.consumption import (
    Directory,
    counted_amounts,
    weights_of,
)
from custom_components.legrand_ews.ews.model import Installation, ObjectKind
from custom_components.legrand_ews.ews.quantities import Fluid

from ..archive.samples import sample
from .building import (
    BUILDING,
    HEATING,
    HOUR,
    LIFTS,
    LIGHTING,
    OTHERS,
    device,
    open_archive,
)
from .test_sub_meters import NINE, TREE, installations

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


@settings(max_examples=20, deadline=None)
@given(installations(), st.data())
def test_running_totals_are_what_consumption_answers(
    site: Installation, data: st.DataObject
) -> None:
    """While all meters are recorded: the same rule, told twice."""
    counters = {n: data.draw(st.integers(0, 10**6)) for n in site.devices}
    weights = weights_of(Directory(site), set(site.devices), set(site.devices))
    with TemporaryDirectory() as folder:
        archive = open_archive(Path(folder), site)
        archive.write(
            sample(NINE, milli, device=n, length=HOUR) for n, milli in counters.items()
        )
        answered = counted_amounts(
            Fluid.ELECTRICITY,
            [NINE, NINE + HOUR],
            installation=site,
            directory=Directory(site),
            source=archive,
        ).totals
        archive.close()
    assert answered == {
        place: [sum(counters[number] * weight for number, weight in known.items())]
        for place, known in weights.items()
    }
