"""What 7.16.5 and 8.3 of the manual say, sentence by sentence, and where each is shown.

Sentences are told in our words. The second table does the same for the requirements and
for the questions that the manual leaves open.
"""

from ast import AsyncFunctionDef, FunctionDef, parse, walk
from functools import cache
from pathlib import Path
import re
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[3]
M: Final = "tests/core/charging/test_manual.py"
B: Final = "tests/core/charging/test_building.py"
S: Final = "tests/core/charging/test_settings.py"
STORED: Final = "tests/core/charging/test_stored_settings.py"
FAULTS: Final = "tests/core/charging/test_faults.py"
FLOWS: Final = "tests/ha/greenup/test_flows.py"
CONTROL: Final = "tests/ha/greenup/test_control.py"
SURFACE: Final = "tests/ha/greenup/test_surface.py"
COMMANDS: Final = "tests/ha/test_states_and_commands.py"
PAGES: Final = "tests/browser/test_device_pages.py"
LIVE: Final = "tests/browser/test_greenup.py"
LISTS: Final = "dashboards/test/charging.test.ts"

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    # 7.16.5 and 7.16.5.1: the parameters
    "the management is optional": (
        f"{CONTROL}::test_a_site_without_a_meter_shows_its_stations",
        f"{STORED}::test_defaults_are_the_factory_s",
    ),
    "a meter of the total consumption is chosen first, from the devices": (
        f"{FLOWS}::test_a_meter_of_ours_and_the_factory_s_parameters",
    ),
    "image 1: what may be charged follows what other loads take": (
        f"{B}::test_in_a_building_charging_follows_the_other_loads",
    ),
    "image 2: on a part of its own the limit is fixed, whatever others take": (
        f"{B}::test_on_a_part_of_its_own_other_loads_do_not_count",
        f"{FLOWS}::test_sensors_of_home_assistant_and_a_fixed_limit",
    ),
    "the maximum divides yellow from red, the charging limit green from yellow": (
        f"{M}::test_the_two_limits_divide_the_zones",
        f"{S}::test_each_mistake_is_told_at_its_field",
    ),
    "without other loads the two may be equal": (f"{M}::test_two_limits_may_be_equal",),
    "a switch turns the logic on, and saving confirms": (
        f"{M}::test_off_means_that_stations_give_what_they_are_rated_for",
        f"{B}::test_switched_on_again_it_limits_what_runs",
        f"{CONTROL}::test_what_is_changed_while_it_runs",
    ),
    # 7.16.5.1: the zones
    "green: processes go on": (f"{M}::test_green_lets_all_processes_continue",),
    "green: each new request is authorised": (
        f"{M}::test_green_authorises_each_new_request",
        f"{M}::test_a_new_process_gets_the_best_step_that_fits",
    ),
    "yellow: processes go on": (f"{M}::test_yellow_lets_processes_continue",),
    "yellow: no new request until it is green": (
        f"{M}::test_yellow_authorises_no_new_request_until_green",
    ),
    "yellow: while one waits, others are reduced by the steps so that it can start": (
        f"{M}::test_yellow_reduces_processes_so_that_a_waiting_one_can_start",
        f"{M}::test_a_reduction_that_lets_nobody_in_is_not_made",
        f"{M}::test_yellow_reduces_only_processes_of_the_phase_that_is_waited_for",
    ),
    "red: no new request": (f"{M}::test_red_authorises_no_new_request",),
    "red: processes are reduced by the steps, back to yellow": (
        f"{M}::test_red_reduces_to_the_first_step_where_that_is_enough",
        f"{M}::test_red_brings_all_to_the_first_step_before_any_goes_to_the_second",
        f"{M}::test_red_reduces_only_processes_on_the_red_phase",
    ),
    "red with all at the second step: the longest connected normal one is stopped": (
        f"{M}::test_red_stops_one_by_one_the_longest_connected_first",
        f"{M}::test_red_stops_priority_processes_last",
        f"{M}::test_equal_processes_are_stopped_by_their_number",
    ),
    "but only one that has its guaranteed quantity": (
        f"{M}::test_red_stops_no_process_before_its_guaranteed_quantity",
    ),
    "in a lower zone those that wait go on, the longest waiting first": (
        f"{M}::test_recovery_resumes_the_process_that_waits_longest",
        f"{B}::test_recovery_goes_on_until_nobody_waits_and_all_have_their_current",
    ),
    "otherwise currents are raised, the first reduced first": (
        f"{M}::test_recovery_raises_the_process_first_reduced_when_nobody_waits",
        f"{M}::test_recovery_raises_nothing_while_somebody_waits",
    ),
    # 7.16.5.1: the details
    "the hysteresis is a part of the maximum; 0 % by default": (
        f"{M}::test_variations_within_the_hysteresis_are_ignored",
        f"{S}::test_factory_defaults",
    ),
    "it keeps a wave from setting the logic going again and again": (
        f"{B}::test_a_wave_within_the_hysteresis_sets_nothing_going",
    ),
    "steps are 75 and 50 % by default, of what the station is rated for": (
        f"{S}::test_factory_defaults",
        f"{M}::test_the_steps_are_of_the_rated_current_and_never_below_the_minimum",
    ),
    "no vehicle is stopped before its quantity, 32 Ah by default": (
        f"{S}::test_factory_defaults",
        f"{M}::test_red_stops_no_process_before_its_guaranteed_quantity",
        "tests/core/charging/test_invariants.py"
        "::test_promises_hold_in_every_course_of_a_small_model",
    ),
    "32 Ah take 1 h at 32 A on three phases, 2 h at 16 A on one": (
        f"{M}::test_worked_figures_of_the_guaranteed_quantity",
    ),
    # 7.16.5.2
    "a station or side is normal or priority by default": (
        f"{M}::test_a_station_is_normal_or_priority_by_default",
        f"{COMMANDS}::test_a_station_goes_before_others_where_the_user_says_so",
    ),
    "its button shows address and side, name, status, failure, priority": (
        f"{LISTS}::is ordered by address, other makes last",
        "tests/ha/greenup/test_sides.py"
        "::test_actions_name_a_side_by_the_number_of_either",
    ),
    # 8.3
    "details: stations by group or all, with station, charge and about": (
        f"{LISTS}::shows a station in each of its groups, and leaves out empty ones"
        " (S184)",
        f"{LIVE}::test_pages_are_readable_on_a_desk",
    ),
    "management: stations by priority, group or all": (
        f"{LISTS}::puts those that go first on top (S185)",
    ),
    "the running process is let wait and started": (
        f"{M}::test_a_user_lets_a_process_wait_and_start",
        f"{M}::test_starting_by_hand_does_not_pass_the_limit",
        f"{LIVE}::test_a_button_lets_a_vehicle_wait_and_start_again",
    ),
    "the running process is made normal or priority": (
        f"{M}::test_settings_of_a_process_end_with_it",
        f"{LIVE}::test_a_vehicle_goes_first_for_this_time_only",
    ),
    "neither changes what the station has by default": (
        f"{M}::test_settings_of_a_process_end_with_it",
        f"{SURFACE}::test_a_vehicle_comes_charges_and_goes",
    ),
    "a station is on, off, silent or has failed; its errors are listed": (
        "tests/ha/greenup/test_stations.py::test_what_a_side_says",
        f"{PAGES}::test_every_error_of_a_station_is_listed_with_yes_or_no",
    ),
    "a station is ready, charges or waits": (
        f"{M}::test_the_state_of_a_charge_is_told_by_events",
    ),
}

REQUIREMENTS: Final[dict[str, tuple[str, ...]]] = {
    "S118": (f"{FLOWS}::test_a_meter_of_ours_and_the_factory_s_parameters",),
    "S119": (f"{M}::test_the_two_limits_divide_the_zones",),
    "S120": (f"{M}::test_two_limits_may_be_equal",),
    "S121": (f"{M}::test_variations_within_the_hysteresis_are_ignored",),
    "S122": (
        f"{M}::test_the_steps_are_of_the_rated_current_and_never_below_the_minimum",
    ),
    "S123": (f"{M}::test_red_stops_no_process_before_its_guaranteed_quantity",),
    "S124": (f"{B}::test_switched_on_again_it_limits_what_runs",),
    "S125": (f"{M}::test_a_station_is_normal_or_priority_by_default",),
    "S126": (f"{LISTS}::is ordered by address, other makes last",),
    "S184": (
        f"{LISTS}::shows a station in each of its groups, and leaves out empty ones"
        " (S184)",
    ),
    "S185": (f"{LISTS}::puts those that go first on top (S185)",),
    "S186": (f"{M}::test_a_user_lets_a_process_wait_and_start",),
    "S187": (f"{M}::test_settings_of_a_process_end_with_it",),
    "S188": (f"{M}::test_settings_of_a_process_end_with_it",),
    "S189": (f"{M}::test_the_state_of_a_charge_is_told_by_events",),
    "S190": (f"{PAGES}::test_every_error_of_a_station_is_listed_with_yes_or_no",),
    "S191": (
        "tests/core/charging/test_sessions.py"
        "::test_a_vehicle_from_plugging_in_to_unplugging",
        "tests/core/charging/test_wishes.py::test_only_surplus_is_charged",
        "tests/core/charging/test_wishes.py::test_the_cheapest_hours_are_taken",
    ),
    "S270": (f"{S}::test_factory_defaults",),
    "S274": (f"{M}::test_green_authorises_each_new_request",),
    "S275": (
        f"{M}::test_yellow_reduces_processes_so_that_a_waiting_one_can_start",
        "tests/core/charging/test_stations.py"
        "::test_so_a_vehicle_that_comes_in_yellow_draws_nothing",
    ),
    "S276": (
        f"{M}::test_red_stops_one_by_one_the_longest_connected_first",
        f"{FAULTS}::test_it_stops_before_the_guarantee_and_counts",
    ),
    "S277": (
        f"{M}::test_recovery_raises_the_process_first_reduced_when_nobody_waits",
        f"{B}::test_recovery_goes_on_until_nobody_waits_and_all_have_their_current",
    ),
    "S278": (f"{M}::test_worked_figures_of_the_guaranteed_quantity",),
    "Q13": (f"{M}::test_variations_within_the_hysteresis_are_ignored",),
    "Q14": (
        f"{M}::test_the_steps_are_of_the_rated_current_and_never_below_the_minimum",
        f"{S}::test_each_mistake_is_told_at_its_field",
    ),
    "Q15": (
        f"{FAULTS}::test_it_reduces_to_the_minimum_before_it_stops",
        f"{FAULTS}::test_switched_off_it_leaves_the_guarantee",
    ),
    "Q16": (f"{M}::test_worked_figures_of_the_guaranteed_quantity",),
    "Q28": (
        f"{M}::test_the_two_limits_divide_the_zones",
        f"{M}::test_red_reduces_only_processes_on_the_red_phase",
        f"{M}::test_red_brings_all_to_the_first_step_before_any_goes_to_the_second",
    ),
    "Q29": (f"{M}::test_recovery_resumes_priority_first",),
    "Q30": (f"{M}::test_red_stops_a_priority_process_when_no_normal_one_runs",),
    "Q31": (f"{M}::test_a_new_process_gets_the_best_step_that_fits",),
    "Q32": (f"{M}::test_worked_figures_of_the_guaranteed_quantity",),
    "Q33": (
        f"{FAULTS}::test_at_first_nothing_changes_but_nobody_starts",
        f"{FAULTS}::test_then_every_process_gets_its_fallback",
        f"{FAULTS}::test_after_long_the_last_resort",
        f"{FAULTS}::test_it_recovers_by_itself",
    ),
}


@cache
def names_of(path: str) -> frozenset[str]:
    """Return the names of the tests in a file, of Python or TypeScript."""
    text = (ROOT / path).read_text()
    if path.endswith(".ts"):
        return frozenset(re.findall(r'\bit\("([^"]+)"', text))
    functions = (AsyncFunctionDef, FunctionDef)
    return frozenset(x.name for x in walk(parse(text)) if isinstance(x, functions))


@pytest.mark.parametrize(
    "proof",
    sorted(
        {x for table in (SENTENCES, REQUIREMENTS) for y in table.values() for x in y}
    ),
)
def test_what_is_said_to_show_it_is_a_test(proof: str) -> None:
    path, name = proof.split("::")
    assert name in names_of(path)


def test_every_requirement_of_the_management_is_shown() -> None:
    wanted = [*range(118, 127), *range(184, 192), 270, *range(274, 279)]
    open_questions = [*range(13, 17), *range(28, 34)]
    assert list(REQUIREMENTS) == [
        *(f"S{number}" for number in wanted),
        *(f"Q{number}" for number in open_questions),
    ]
