"""`python -m portal.embedded.management COMMAND…`: several management commands in one process.

Loading Django takes longer than most of them. This is the one module here that needs Django, and it runs
in a process of its own.
"""

import sys

import django
from django.core.management import call_command

from portal.embedded.programs import COMMAND_ENDS


def main(commands: list[str]) -> None:
    """Run each command, and write a line after it by which the reader tells their outputs apart."""
    django.setup()
    for command in commands:
        call_command(command)
        print(COMMAND_ENDS, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
