"""Measures how long an event loop is blocked, exactly: every turn and every callback.

A turn is what the loop does between two looks at its sockets: nothing that arrives
meanwhile is noticed. A callback is one step of a task, or one call; several make a
turn. Nothing is sampled but the place: where the code stands in a long callback is
looked up from another thread while it lasts.
"""

import asyncio
from asyncio import events
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
import gc
import itertools
import json
from pathlib import Path
from resource import RUSAGE_THREAD, getrusage, struct_rusage
import selectors
import sys
import threading
from time import perf_counter, thread_time
from types import FrameType
from typing import Final

LONG_S: Final = 0.02
"""A callback that takes longer is kept with its name."""
MOST_KEPT: Final = 12
EDGES_MS: Final = (5, 10, 20, 50, 100, 200, 500, 1000)
_LOOK_S: Final = 0.01
_WRITE_S: Final = 0.5
_DEPTH: Final = 6
"""Frames of a long callback that are kept, the innermost ones."""
_OUTSIDE: Final = ("asyncio", "selectors.py", "benchmarks")


@dataclass(slots=True, kw_only=True)
class Block:
    """A callback that took long; ``where`` are places it was seen at."""

    at_s: float
    milliseconds: float
    work_ms: float
    kernel_ms: float
    """What of the work the kernel did."""
    faults: int
    """Pages that the kernel had to bring in meanwhile."""
    name: str
    where: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Collection:
    """A garbage collection that took long, ``at_s`` seconds after its phase began."""

    at_s: float
    milliseconds: float
    work_ms: float
    generation: int


@dataclass(slots=True, kw_only=True)
class Phase:
    """What was seen since a mark was set; milliseconds.

    ``longest_work_ms`` is the longest turn by the processor time that it took: on a
    busy machine other processes make a turn longer. ``turns`` counts the turns by the first of ``EDGES_MS`` that they stay below.
    """

    name: str
    longest_turn_ms: float = 0.0
    longest_work_ms: float = 0.0
    longest_collection_ms: float = 0.0
    busy_s: float = 0.0
    turns: list[int] = field(default_factory=lambda: [0] * (len(EDGES_MS) + 1))
    blocks: list[Block] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)


class LoopWatch:
    """Watches the loop of the thread that makes it, from ``install`` on.

    A line written into ``mark_file`` begins a phase of that name; ``report_file``
    is renewed twice a second and tells of all phases.
    """

    def __init__(self, mark_file: Path, report_file: Path) -> None:
        """Begin with a phase called ``start``."""
        self._mark_file = mark_file
        self._report_file = report_file
        self._thread = threading.get_ident()
        self._phases = [Phase(name="start")]
        self._woke: tuple[float, float] | None = None
        self._began: float | None = None
        self._seen: list[str] = []

    def install(self) -> None:
        """Watch every callback and every turn of this thread's loops from now on."""
        self._watch_callbacks()
        self._watch_turns()
        self._watch_collections()
        threading.Thread(target=self._look, name="loop watch", daemon=True).start()
        threading.Thread(target=self._write, name="loop report", daemon=True).start()

    def _watch_callbacks(self) -> None:
        run: Callable[[events.Handle], None] = events.Handle._run  # noqa: SLF001

        def watched(handle: events.Handle) -> None:
            if threading.get_ident() != self._thread:
                run(handle)
                return
            callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001
            used, worked = getrusage(RUSAGE_THREAD), thread_time()
            self._began = began = perf_counter()
            run(handle)
            took = perf_counter() - began
            self._began = None
            if took > LONG_S:
                self._keep(began, took, thread_time() - worked, used, callback)

        events.Handle._run = watched  # type: ignore[method-assign, assignment]  # noqa: SLF001

    def _watch_turns(self) -> None:
        select = selectors.DefaultSelector.select

        def watched(
            selector: selectors.DefaultSelector, timeout: float | None = None
        ) -> object:
            if threading.get_ident() != self._thread:
                return select(selector, timeout)
            if self._woke is not None:
                woke, worked = self._woke
                self._turned(perf_counter() - woke, thread_time() - worked)
            ready = select(selector, timeout)
            self._woke = perf_counter(), thread_time()
            return ready

        selectors.DefaultSelector.select = watched  # type: ignore[method-assign, assignment]

    def _watch_collections(self) -> None:
        began = worked = 0.0

        def watched(moment: str, info: dict[str, int]) -> None:
            nonlocal began, worked
            if threading.get_ident() != self._thread:
                return
            if moment == "start":
                began, worked = perf_counter(), thread_time()
                return
            phase = self._phases[-1]
            took_ms = 1000 * (perf_counter() - began)
            phase.longest_collection_ms = max(phase.longest_collection_ms, took_ms)
            if took_ms > 1000 * LONG_S:
                collection = Collection(
                    at_s=began - phase.began,
                    milliseconds=took_ms,
                    work_ms=1000 * (thread_time() - worked),
                    generation=info["generation"],
                )
                phase.collections.append(collection)

        gc.callbacks.append(watched)

    def _turned(self, took: float, worked: float) -> None:
        phase, took_ms = self._phases[-1], 1000 * took
        phase.busy_s += took
        phase.longest_turn_ms = max(phase.longest_turn_ms, took_ms)
        phase.longest_work_ms = max(phase.longest_work_ms, 1000 * worked)
        index = next((n for n, edge in enumerate(EDGES_MS) if took_ms < edge), -1)
        phase.turns[index] += 1

    def _keep(
        self,
        began: float,
        took: float,
        worked: float,
        used: struct_rusage,
        callback: object,
    ) -> None:
        where, self._seen = self._seen, []
        phase, now = self._phases[-1], getrusage(RUSAGE_THREAD)
        block = Block(
            at_s=began - phase.began,
            milliseconds=1000 * took,
            work_ms=1000 * worked,
            kernel_ms=1000 * (now.ru_stime - used.ru_stime),
            faults=now.ru_minflt - used.ru_minflt,
            name=name_of(callback),
            where=where,
        )
        blocks = phase.blocks
        blocks.append(block)
        blocks.sort(key=lambda block: -block.milliseconds)
        del blocks[MOST_KEPT:]

    def _look(self) -> None:
        """Note where the loop's thread stands in a callback that takes long."""
        ticks = threading.Event()
        seen_in: float | None = None
        while not ticks.wait(_LOOK_S):
            began = self._began
            if began is None or perf_counter() - began < _LOOK_S:
                continue
            if began != seen_in:
                seen_in, self._seen = began, []
            frame = sys._current_frames().get(self._thread)  # noqa: SLF001
            place = " < ".join(itertools.islice(places(frame), _DEPTH))
            if place and place not in self._seen:
                self._seen.append(place)

    def _write(self) -> None:
        ticks = threading.Event()
        while not ticks.wait(_WRITE_S):
            if self._mark_file.exists():
                name = self._mark_file.read_text("utf-8").strip()
                if name != self._phases[-1].name:
                    self._phases.append(Phase(name=name))
            text = json.dumps([asdict(phase) for phase in list(self._phases)])
            new = self._report_file.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            new.replace(self._report_file)


def name_of(callback: object) -> str:
    """Say whose step a callback is: a task's name and coroutine, or a function."""
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        coroutine = owner.get_coro()
        return f"{owner.get_name()} ({getattr(coroutine, '__qualname__', coroutine)})"
    name = getattr(callback, "__qualname__", None)
    return str(callback) if name is None else str(name)


def places(frame: FrameType | None) -> Iterator[str]:
    """Yield where a stack stands, from the inside out, the machinery left out."""
    for code, line in _frames(frame):
        if not any(part in code for part in _OUTSIDE):
            yield f"{'/'.join(code.split('/')[-2:])}:{line}"


def _frames(frame: FrameType | None) -> Iterable[tuple[str, int]]:
    while frame is not None:
        yield frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
