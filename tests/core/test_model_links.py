"""Links between EMS CX3 modules: which may be recorded, and what is wrong with one."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Installation,
    Link,
    LinkEnd,
    by_id,
)
from custom_components.legrand_ews.ews.model.codec import decode_link, encode_link
from custom_components.legrand_ews.ews.model.linking import (
    check_link,
    fault_of,
    linked_devices,
)

from .model_samples import LOCAL, METER, ROOF, SITE

# 414930 is a state module, 414932 a control module: both have the link function in
# the catalogue; METER, a 412045, has not.
EVENT = Device(
    id=11,
    name="Door contact",
    gateway_id=2,
    address=Address(unit=5, position=1, is_remote=True),
    model="414930",
)
ACTION = replace(
    EVENT,
    id=12,
    name="Hall light",
    address=Address(unit=5, position=2, is_remote=True),
    model="414932",
)
ELSEWHERE = replace(ACTION, id=13, name="Annex light", gateway_id=1)
PLACE = replace(SITE, devices=by_id([METER, EVENT, ACTION, ELSEWHERE]))


def link(event: int = 11, action: int = 12, function: str = "closed") -> Link:
    return Link(
        event=LinkEnd(device_id=event, function=function),
        action=LinkEnd(device_id=action, function="on"),
    )


def can_link(device: Device) -> bool:
    return device.model in {"414930", "414932"}


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (link(), []),
        (link(12, 11), []),
        (link(11, 99), [("action_device", "link_module_missing", {"id": "99"})]),
        (
            link(1, 12),
            [
                ("event_device", "link_module_unfit", {"name": "Main"}),
                ("action_device", "link_gateways_differ", {}),
            ],
        ),
        (link(11, 11), [("action_device", "link_same_module", {})]),
        (link(11, 13), [("action_device", "link_gateways_differ", {})]),
        (link(function="  "), [("event_function", "link_function_required", {})]),
        # The same two modules may be linked by another function, but once by one.
        (link(function="opened"), []),
        (
            link(12, 11, function="on"),
            [("action_device", "link_duplicate", {})],
        ),
    ],
)
def test_what_may_be_recorded(
    subject: Link, expected: list[tuple[str, str, dict[str, str]]]
) -> None:
    others = [link(12, 11, function="on")]
    problems = check_link(subject, others, PLACE, can_link)
    assert [(p.field, p.key, dict(p.placeholders)) for p in problems] == expected


def without(number: int) -> Installation:
    devices = [x for x in PLACE.devices.values() if x.id != number]
    return replace(PLACE, devices=by_id(devices))


def instead(device: Device) -> Installation:
    return replace(PLACE, devices={**PLACE.devices, device.id: device})


@pytest.mark.parametrize(
    ("site", "silent", "expected"),
    [
        (PLACE, set(), None),
        (PLACE, {1, 13}, None),
        (PLACE, {12}, ("link_module_silent", {"name": "Hall light"})),
        (
            instead(replace(EVENT, is_enabled=False)),
            {11, 12},
            ("link_module_off", {"name": "Door contact"}),
        ),
        (
            replace(PLACE, gateways=by_id([LOCAL, replace(ROOF, is_enabled=False)])),
            {11, 12},
            ("link_module_off", {"name": "Door contact"}),
        ),
        (
            instead(replace(ACTION, model="412045")),
            {12},
            ("link_module_unfit", {"name": "Hall light"}),
        ),
        (without(12), {11}, ("link_module_missing", {"id": "12"})),
        (instead(replace(ACTION, gateway_id=1)), set(), ("link_gateways_differ", {})),
    ],
)
def test_what_is_wrong_with_a_link(
    site: Installation, silent: set[int], expected: tuple[str, dict[str, str]] | None
) -> None:
    fault = fault_of(link(), site, can_link, lambda device: device.id in silent)
    found = None if fault is None else (fault.key, dict(fault.placeholders))
    assert found == expected


def test_modules_of_a_link_carry_its_symbol() -> None:
    assert linked_devices(replace(PLACE, links=(link(),))) == {11, 12}
    assert linked_devices(PLACE) == frozenset()


ENDS = st.builds(LinkEnd, device_id=st.integers(1, 10_000), function=st.text())


@given(st.builds(Link, event=ENDS, action=ENDS, comment=st.text()))
def test_links_survive_being_stored(subject: Link) -> None:
    assert decode_link(encode_link(subject)) == subject


@pytest.mark.parametrize(
    ("key", "value"),
    [("event_device", "11"), ("action_function", None), ("comment", 3)],
)
def test_stored_nonsense_names_its_field(key: str, value: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        decode_link({**encode_link(link()), key: value})
    assert (caught.value.key, caught.value.field) == ("data_invalid", key)
