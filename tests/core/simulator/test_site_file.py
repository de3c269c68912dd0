"""Site files: the shipped ones are whole, wrong ones say where."""

from collections.abc import Callable
import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.model import PredefinedLoad
from simulator.clock import ManualClock
from simulator.gateway import Framing
from simulator.reading import SiteError
from simulator.simulation import Simulation
from simulator.site import load_site, parse_site

from .places import NOON, SITES

COMPANY = load_site(SITES / "company.yaml")


def test_the_company_is_the_demo_that_was_asked_for() -> None:
    catalogue = load_catalogue()
    families = {catalogue.models[d.model].family for d in COMPANY.devices}
    loads = {d.load for d in COMPANY.devices}

    assert len(COMPANY.devices) == 30
    assert len(families) >= 6
    assert len(COMPANY.gateways) >= 3
    assert Framing.RTU_OVER_TCP in {g.framing for g in COMPANY.gateways}
    assert (len(COMPANY.boards), len(COMPANY.groups), len(COMPANY.loads)) == (3, 5, 2)
    assert all(g.board for g in COMPANY.gateways)
    own = {load.name for load in COMPANY.loads}
    assert own <= loads
    assert loads - own - {None} <= set(PredefinedLoad)
    assert {g for d in COMPANY.devices for g in d.groups} == {
        g.name for g in COMPANY.groups
    }
    excluded = [d.name for d in COMPANY.devices if d.is_excluded_from_totals]
    assert excluded == ["Main supply"]
    behind = {d.name: d.behind for d in COMPANY.devices if d.behind}
    assert behind == {"Canteen kitchen": "Canteen supply"}
    assert {"412052", "004676", "412074", "004680", "x_generic_modbus", "414920"} <= {
        d.model for d in COMPANY.devices
    }
    assert {"x_pulse_gas", "x_pulse_water", "412090"} == {
        d.model for d in COMPANY.devices if d.pulse is not None
    }


def test_the_technical_site_has_a_device_of_every_family() -> None:
    catalogue = load_catalogue()
    site = Simulation(
        load_site(SITES / "technical.yaml"), ManualClock(NOON), catalogue=catalogue
    )
    served = {meter.model.family for meter in site.meters.values()}

    # Interfaces and concentrators have no values of their own.
    carriers = {"interface", "pulse_concentrator"}
    assert served == {model.family for model in catalogue.models.values()} - carriers


@pytest.mark.parametrize("path", sorted(SITES.glob("*.yaml")), ids=lambda p: p.name)
def test_every_shipped_site_can_be_built_and_read(path: Path) -> None:
    simulation = Simulation(load_site(path), ManualClock(NOON))

    assert simulation.meters
    for name, meter in simulation.meters.items():
        assert meter.unit.counters(NOON), name
        assert (meter.feed.total(NOON) > 0) is bool(meter.spec.circuits), name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.pop("name"), "name: is missing"),
        (lambda s: s.update(seed="one"), "seed: a number is expected"),
        (lambda s: s.update(seed=1.5), "seed: a whole number is expected"),
        (lambda s: s.update(installed="soon"), "site: "),
        (lambda s: s.update(time_zone="Paris"), "site: "),
        (lambda s: s.update(gateways={}), "gateways: a list is expected"),
        (lambda s: s["gateways"].append("G2"), r"gateways\[1\]: a mapping is expected"),
        (lambda s: s.update(colour="red"), "colour: unknown key"),
        (
            lambda s: s["gateways"][0].update(framing="ascii"),
            r"gateways\[0\]: .*ascii",
        ),
        (
            lambda s: s["gateways"][0].update(answers_for_silent="no"),
            r"gateways\[0\].answers_for_silent: true or false",
        ),
        (lambda s: s["gateways"][0].update(board="B"), "board 'B' is not in the file"),
        (
            lambda s: s["circuits"][0].update(profile="sauna"),
            r"circuits\[0\]: profile 'sauna'",
        ),
        (lambda s: s["circuits"][0].update(phase=4), r"circuits\[0\]: phase '4'"),
        (
            lambda s: s["devices"][0].update(model=None),
            r"devices\[0\].model: is missing",
        ),
        (lambda s: s["devices"][0].update(model=True), "a text is expected"),
        (lambda s: s["devices"][0].update(ratios=[1]), "ratios: a mapping is expected"),
        (
            lambda s: s["devices"][0].update(gateway="X"),
            "gateway 'X' is not in the file",
        ),
        (
            lambda s: s["devices"][0].update(groups=["X"]),
            "group 'X' is not in the file",
        ),
        (lambda s: s["devices"][0].update(circuits=["X"]), "circuit 'X' is not"),
        (
            lambda s: s["gateways"][0].update(kind="usb"),
            r"gateways\[0\]: 'usb'",
        ),
        (
            lambda s: s["devices"].append(copy.deepcopy(s["devices"][0])),
            "device Main supply: the name stands there twice",
        ),
    ],
)
def test_a_wrong_file_says_where(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    data = yaml.safe_load((SITES / "home.yaml").read_text())
    change(data)

    with pytest.raises(SiteError, match=message):
        parse_site(data)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({1: {"model": "999999"}}, "Heat pump: '999999'"),
        ({1: {"address": 1}}, "Main supply: two devices claim the same registers"),
        ({0: {"circuits": []}}, "Main supply: it measures no circuit"),
        ({1: {"address": 4}}, "address 4 holds a concentrator"),
        ({1: {"circuits": ["water"]}}, "Heat pump: gas and water"),
        ({2: {"circuits": ["lighting", "water"]}}, "Lighting: a meter needs circuits"),
        ({3: {"pulse": {"concentrator": "X", "position": 1}}}, "Water: 'X'"),
        (
            {
                3: {"pulse": {"concentrator": "004687", "position": 1, "unit": "l"}},
            },
            "Water: 'l'",
        ),
        ({0: {"ratios": {"ct": 0}}}, "Main supply: ratio ct must be more than 0"),
        ({0: {"ratios": {"cv": 2}}}, "Main supply: ratio cv is not in map ime_1000"),
        ({0: {"refuses": ["fixed"]}}, "Main supply: block fixed is not in map"),
        ({0: {"registers": {"x": 1}}}, "Main supply: register x is not in map"),
        ({2: {"circuits": ["rest"]}}, "Lighting: a single-phase meter needs circuits"),
        (
            {
                3: {"pulse": {"concentrator": "412065", "position": 1, "unit": "m3"}},
                2: {
                    "address": 4,
                    "model": "412090",
                    "circuits": ["rest"],
                    "pulse": {"concentrator": "004687", "position": 2},
                },
            },
            "one concentrator, one meter an input",
        ),
        (
            {
                2: {
                    "address": 4,
                    "model": "412090",
                    "pulse": {"concentrator": "004687", "position": 1},
                },
            },
            "one concentrator, one meter an input",
        ),
    ],
)
def test_a_site_that_cannot_be_built_says_why(
    changes: dict[int, dict[str, object]], message: str
) -> None:
    data = yaml.safe_load((SITES / "home.yaml").read_text())
    for index, change in changes.items():
        data["devices"][index].update(change)

    with pytest.raises(SiteError, match=message):
        Simulation(parse_site(data), ManualClock(NOON))


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("name: [")

    with pytest.raises(SiteError, match="not a YAML file"):
        load_site(path)
