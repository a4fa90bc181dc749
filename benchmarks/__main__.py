"""`python -m benchmarks [PART …] [--solutions N] [--people N] [--seconds N]`: measure, print, and keep the figures.

Servers and data are the benchmark's own, below .data/bench-N; requests go to 127.0.0.1 only and end by themselves.
"""

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path

from benchmarks.report import Report
from portal.embedded.data_directory import DataDirectory
from portal.embedded.services import Services

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "pages",
    "library",
    "map",
    "export",
    "imports",
    "solution_import",
    "answering",
    "comparison",
    "scoring",
    "directory",
    "notices",
    "share_calendars",
    "share_registrations",
)
# Which of them have people, and how many.
PEOPLED = frozenset({"directory", "notices"})


def environment(addresses: dict[str, str], data: Path) -> dict[str, str]:
    """Return what production settings need, for servers and data of the benchmark's own."""
    return {
        **os.environ,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "portal.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORTAL_DATA_DIR": str(data),
        "LOG_LEVEL": "ERROR",
    }


def main() -> None:
    """Start servers, make data, run each part in a process of its own, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all unless told")
    parser.add_argument("--solutions", type=int, default=2374, help="rows in the library")
    parser.add_argument("--people", type=int, default=50_000, help="people in the directory")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each page is asked for")
    parser.add_argument("--data", type=Path, help="where servers and data are kept; below .data unless told")
    options = parser.parse_args()
    data = DataDirectory(options.data or ROOT / ".data" / f"bench-{options.solutions}")
    data.acquire()
    services = Services(data, {})
    try:
        env = environment(services.start(), data.path)
        report = Report()
        for name in options.parts or PARTS:
            arguments = [f"--solutions={options.solutions}", f"--seconds={options.seconds}"]
            arguments += [f"--people={options.people}"] if name in PEOPLED else []
            done = subprocess.run(
                [sys.executable, "-m", f"benchmarks.{name}", *arguments],
                env=env,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            report.add(done.stdout)
        report.write(complete=not options.parts)
    finally:
        services.stop()
        data.release()


if __name__ == "__main__":
    main()
