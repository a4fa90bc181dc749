"""`manage.py make_world_outline countries-110m.json`: makes static/geo/world.json anew."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspire.map_inset import OUTLINE
from inspire.world_outline import world_outline


class Command(BaseCommand):
    """Lets a developer take a newer edition of the world's outline."""

    help = "Makes the outline of the world from world-atlas' countries-110m.json (see static/geo/README.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the source."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, default=OUTLINE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the outline."""
        try:
            topology = json.loads(options["file"].read_text(encoding="utf-8"))
            outline = world_outline(topology)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(
                f"{options['file']} is not world-atlas' countries-110m.json: {error}"
            ) from error
        options["out"].write_text(
            json.dumps(outline, separators=(",", ":"), ensure_ascii=False), encoding="utf-8"
        )
        self.stdout.write(f"{options['out']}: {options['out'].stat().st_size} bytes")
