"""基准: everything that `make bench` measures, one table after the other."""

import os
import subprocess
import sys

from benchmarks.results import PAGE


def main() -> int:
    """The audit on both databases, then importing grades on the default one and on the one the environment names; photos.

    Each writes its own section of the page of figures.
    """
    audit = ["benchmarks.audit", "--results", str(PAGE), *sys.argv[1:]]
    photos = ["benchmarks.photos", "--results", str(PAGE)]
    without = {name: value for name, value in os.environ.items() if name != "BIYE_DATABASE_URL"}
    steps = [(audit, without), (photos, without), (["benchmarks.import_grades"], without)]
    if "BIYE_DATABASE_URL" in os.environ:
        steps.append((["benchmarks.import_grades"], dict(os.environ)))
    return max(
        subprocess.run([sys.executable, "-m", *command], env=environment, check=False).returncode
        for command, environment in steps
    )


if __name__ == "__main__":
    sys.exit(main())
