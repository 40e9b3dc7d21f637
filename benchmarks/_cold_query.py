"""One query in a new process against a compiled list: ``python -m benchmarks._cold_query FOLDER NAMES QUERY``.

Writes seconds since the process started, peak memory in MB, and how many names were found, as JSON. Imports only what
a query needs.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def main(folder: str, names: str, query: str, started: str) -> None:
    """``names``: a JSON array of the names as written; ``started``: wall clock when the process was started."""
    from vetting_engine.names.compare import explain  # noqa: PLC0415  # what is timed includes the imports
    from vetting_engine.names.compiled import open_or_build  # noqa: PLC0415
    from vetting_engine.names.parts import parse_name  # noqa: PLC0415

    written = json.loads(Path(names).read_text(encoding="utf-8"))
    found = open_or_build(Path(folder), "cold", written).search(parse_name(query), 1_500)
    told = [[part.code for part in explain(each.alignment)] for each in found]
    sys.stdout.write(json.dumps([time.time() - float(started), _peak_megabytes(), len(told)]))


def _peak_megabytes() -> float:
    """Peak memory of this program alone: ``ru_maxrss`` on Linux counts what the parent held before it started us."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # bytes on macOS


if __name__ == "__main__":
    main(*sys.argv[1:5])
