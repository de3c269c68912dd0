"""How busy the computer is (S239), from a file as Linux writes it."""

from datetime import UTC, datetime, timedelta
import os
from pathlib import Path

from freezegun.api import TickingDateTimeFactory
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.legrand_ews.archive import processor
from custom_components.legrand_ews.archive.processor import Ticks
from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load

pytestmark = pytest.mark.usefixtures("clock")

ENTITY = "sensor.bakery_cpu_use"
OWN = "sensor.bakery_cpu_use_of_home_assistant"
DELAY = "sensor.bakery_longest_wait_of_home_assistant"


@pytest.fixture
def statistics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "stat"
    path.write_text("cpu  1000 0 0 1000 0 0 0 0 0 0\n")
    monkeypatch.setattr(processor, "STATISTICS", path)
    monkeypatch.setattr(processor, "process_time", lambda: 3.5)
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # user nice system idle iowait irq softirq steal guest guest_nice (proc(5))
        pytest.param(
            "cpu  70 5 10 100 20 1 2 3 40 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n",
            Ticks(busy=91, total=211, own=3.5 * os.sysconf("SC_CLK_TCK")),
            id="Linux",
        ),
        pytest.param("cpu  1 2 3\n", None, id="before Linux 2.6"),
        pytest.param("intr 1 2 3 4 5 6 7 8\n", None, id="something else"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="another system"),
    ],
)
def test_what_the_system_says(
    statistics: Path, text: str | None, expected: Ticks | None
) -> None:
    if text is None:
        statistics.unlink()
    else:
        statistics.write_text(text)
    assert Ticks.read() == expected


@pytest.fixture
async def entry(hass: HomeAssistant, statistics: Path, load: Load) -> MockConfigEntry:
    entry = site.entry([site.gateway(1, 502, is_enabled=False)])
    await load(entry)
    return entry


class Computer:
    """A computer whose minutes pass, each as busy as is said."""

    def __init__(
        self, hass: HomeAssistant, clock: TickingDateTimeFactory, statistics: Path
    ) -> None:
        self._hass = hass
        self._clock = clock
        self._statistics = statistics
        self._busy = self._idle = 1000

    async def work(self, minutes: int, percent: int) -> None:
        for _ in range(minutes):
            self._busy += percent
            self._idle += 100 - percent
            words = f"cpu  {self._busy} 0 0 {self._idle} 0 0 0 0 0 0\n"
            await self._hass.async_add_executor_job(self._statistics.write_text, words)
            self._clock.move_to(datetime.now(UTC) + timedelta(minutes=1))
            async_fire_time_changed(self._hass, datetime.now(UTC))
            await self._hass.async_block_till_done(wait_background_tasks=True)


@pytest.fixture
def computer(
    hass: HomeAssistant, clock: TickingDateTimeFactory, statistics: Path
) -> Computer:
    return Computer(hass, clock, statistics)


def shown(hass: HomeAssistant, entity: str = ENTITY) -> str:
    state = hass.states.get(entity)
    assert state is not None
    return state.state


async def test_the_last_minute_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, computer: Computer
) -> None:
    assert shown(hass) == STATE_UNKNOWN
    await computer.work(1, 37)
    assert float(shown(hass)) == 37
    await computer.work(1, 5)
    assert float(shown(hass)) == 5


async def test_home_assistant_s_own_share_is_shown(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    computer: Computer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The minutes here have a hundred ticks, of all processors together."""
    assert shown(hass, OWN) == STATE_UNKNOWN
    worked_s = 3.5 + 25 / os.sysconf("SC_CLK_TCK")
    monkeypatch.setattr(processor, "process_time", lambda: worked_s)
    await computer.work(1, 37)
    assert float(shown(hass, OWN)) == pytest.approx(25)
    assert float(shown(hass)) == 37
    await computer.work(1, 37)
    assert float(shown(hass, OWN)) == 0


async def test_how_late_home_assistant_was_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, computer: Computer
) -> None:
    """It asks to be called a second later, and is after a minute."""
    assert shown(hass, DELAY) == STATE_UNKNOWN
    await computer.work(1, 5)
    assert float(shown(hass, DELAY)) >= 58_000


async def test_an_hour_of_overload_is_a_repair_until_it_is_over(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    entry: MockConfigEntry,
    computer: Computer,
) -> None:
    key = (DOMAIN, f"overloaded_{entry.entry_id}")
    await computer.work(59, 95)
    await computer.work(1, 79)
    await computer.work(59, 80)
    assert issue_registry.async_get_issue(*key) is None
    await computer.work(1, 100)
    issue = issue_registry.async_get_issue(*key)
    assert issue is not None
    assert issue.translation_placeholders == {"site": "Bakery"}
    await computer.work(1, 50)
    assert issue_registry.async_get_issue(*key) is None
