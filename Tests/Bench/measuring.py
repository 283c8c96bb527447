"""Runs cases in turn, over and over, and keeps the medians of those that did what they were to do."""

import contextlib
import os
import resource
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

LIMIT = 600  # seconds that one run may take


@dataclass
class Case:
    """One program that does one thing, and how it is known that it did.

    `check` gets what was printed, and returns what is wrong; `before` and `after` are not measured.
    """

    name: str
    command: list
    check: Callable = lambda output: ""
    before: Callable = lambda: None
    after: Callable = lambda: None
    environment: dict = field(default_factory=dict)
    watch: bool = False  # what the process itself costs is looked at while it runs
    watch_child: bool = False  # the same for the one that it starts
    output: Optional[str] = None  # a file for standard output, which is not kept then
    most: int = 1000  # rounds: some programs take minutes


@dataclass
class Figure:
    """What came of a case: seconds for each run, or why there are none."""

    name: str
    seconds: list = field(default_factory=list)
    problem: str = ""
    memory: int = 0  # most that the process itself ever had resident, KiB
    threads: int = 0
    processor: float = 0.0  # seconds of the process itself, median

    @property
    def median(self):
        return statistics.median(self.seconds) if self.seconds else None


def child_of(number):
    """The first process that a process has started; itself as long as there is none."""
    try:
        with open(f"/proc/{number}/task/{number}/children") as file:
            return int((file.read().split() or [number])[0])
    except OSError:
        return number


def looked_at(process, of_child=False):
    """CPU seconds, peak memory and threads of a process itself, without its children, until it ends."""
    ticks, cpu, memory, threads = os.sysconf("SC_CLK_TCK"), 0.0, 0, 0
    while process.poll() is None:
        try:
            number = child_of(process.pid) if of_child else process.pid
            with open(f"/proc/{number}/stat") as file:
                fields = file.read().rsplit(") ", 1)[1].split()
            if int(fields[11]) + int(fields[12]):
                cpu = max(cpu, (int(fields[11]) + int(fields[12])) / ticks)
            with open(f"/proc/{number}/status") as file:
                for line in file:
                    if line.startswith("VmHWM"):
                        memory = max(memory, int(line.split()[1]))
                    elif line.startswith("Threads"):
                        threads = max(threads, int(line.split()[1]))
        except (OSError, IndexError):
            break
        time.sleep(0.01)
    return cpu, memory, threads


def run(case, folder, environment):
    """One run: seconds, what the process itself cost, and what is wrong."""
    case.before()
    cost = (0.0, 0, 0)
    # Files and no pipes: what a program leaves running in the background would keep those open.
    with tempfile.TemporaryFile() as heard, open(case.output, "wb") if case.output else contextlib.nullcontext(heard) as target:
        started = time.perf_counter()
        process = subprocess.Popen(
            case.command, cwd=folder, env={**environment, **case.environment}, stdin=subprocess.DEVNULL, stdout=target, stderr=heard, start_new_session=True)
        # `wait` with a timeout looks every 50 ms, which is longer than some of what is measured.
        watchdog = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        watchdog.start()
        if case.watch or case.watch_child:
            cost = looked_at(process, case.watch_child)
        process.wait()
        seconds = time.perf_counter() - started
        watchdog.cancel()
        if seconds >= LIMIT:
            return 0.0, cost, f"not done after {LIMIT} s"
        heard.seek(0)
        text = heard.read().decode(errors="replace")
    if process.returncode != 0:
        problem = f"ended with {process.returncode}: {' '.join(text.split())[-300:]}"
    else:
        problem = case.check(text)
    case.after()
    return seconds, cost, problem


def measured(cases, rounds, folder, environment, note, warm):
    """Figures of all cases, which take turns so that what the machine does beside them meets all alike.

    With `warm` the first round only fills caches, and does not count.
    """
    figures = [Figure(case.name) for case in cases]
    costs = [[] for _ in cases]
    for number in range(0 if warm else 1, rounds + 1):
        for case, figure, cost in zip(cases, figures, costs):
            if figure.problem or number > case.most:
                continue
            seconds, own, problem = run(case, folder, environment)
            note(f"  {case.name}: {seconds:.2f} s")
            if problem:
                figure.problem, figure.seconds = problem, []
                note(f"{case.name}: {problem}")
            elif number > 0:
                figure.seconds.append(seconds)
                cost.append(own[0])
                figure.memory, figure.threads = max(figure.memory, own[1]), max(figure.threads, own[2])
    for figure, cost in zip(figures, costs):
        if cost:
            figure.processor = statistics.median(cost)
    return figures


def raise_descriptors():
    """As many as the machine allows: a thousand hosts need some for each."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 16384) if hard != resource.RLIM_INFINITY else 16384
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
