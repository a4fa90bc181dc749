"""`python -m portal.embedded run | exec -- COMMAND | clean-data | check`."""

import argparse
import os
import sys

from portal.embedded.cleaning import clean_data
from portal.embedded.deploy_check import run_checks
from portal.embedded.errors import EmbeddedError
from portal.embedded.execute import run_command
from portal.embedded.run import run_portal
from portal.embedded.steps import Console


def main(arguments: list[str]) -> int:
    """Do what the command line asks and give the exit code; an EmbeddedError becomes its message."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    console = Console()
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.action == "run":
            return run_portal(console, os.environ)
        if chosen.action == "exec":
            return run_command(chosen.command, os.environ)
        return clean_data(console) if chosen.action == "clean-data" else run_checks()
    except EmbeddedError as error:
        mark = console.colour("red", "The portal cannot go on.")
        print(
            f"\n{mark}\n{error.what_happened}\n\n{console.colour('bold', 'What to do:')} {error.what_to_do}"
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.embedded", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("run", help="start the whole portal and watch over it")
    execute = actions.add_parser("exec", help="run a command with the database and the queue at hand")
    execute.add_argument("command", nargs="+")
    actions.add_parser("clean-data", help="remove the data, after asking")
    actions.add_parser("check", help="check migrations and production settings")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
