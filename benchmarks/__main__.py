"""基准: everything that `make bench` measures, one table after the other."""

import runpy
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    sys.argv = ["audit", "--results", str(RESULTS), *sys.argv[1:]]
    runpy.run_module("benchmarks.audit", run_name="__main__")


if __name__ == "__main__":
    main()
