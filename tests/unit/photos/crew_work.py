"""Work for the crew's tests; a process of its own must be able to import it."""

import os
import time
from collections.abc import Callable


def doubler(plus: int) -> Callable[[int], int]:
    return lambda number: 2 * number + plus


def troublemaker() -> Callable[[str], str]:
    """Does as it is told: dies, stalls, takes all memory, or answers."""

    def work(task: str) -> str:
        if task == "die":
            os._exit(3)
        if task == "stall":
            time.sleep(600)
        if task == "gorge":
            try:
                bytearray(3_000_000_000)
            except MemoryError:
                return "no memory"
        return task

    return work


def never_ready() -> Callable[[str], str]:
    os._exit(1)
