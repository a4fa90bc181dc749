"""Fills the portal with invented rows, in any number."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from portal.core.starter import SampleWish, sample_generators
from portal.pages.services import samples_generate


class Command(BaseCommand):
    """`manage.py generate_samples [--solutions N] [--cities M]`: examples that say so; `remove_samples` ends them."""

    help = (
        "Crea ejemplos inventados, en la cantidad que pidas, para demostraciones y mediciones. "
        "Cada uno dice que es un ejemplo; `remove_samples` los borra todos."
    )

    def add_arguments(self, parser: Any) -> None:
        """Ask how many of each kind, over how many places."""
        for generator in sample_generators:
            parser.add_argument(
                f"--{generator.id}",
                type=int,
                help=f"{generator.label} ({generator.default} si no decís nada).",
            )
        parser.add_argument("--cities", type=int, default=SampleWish.cities, help="En cuántos municipios.")
        parser.add_argument(
            "--seed", type=int, default=SampleWish.seed, help="Misma semilla, mismos ejemplos."
        )
        parser.add_argument(
            "--even-in-production",
            action="store_true",
            help="Crearlos aunque la configuración sea la de una instalación real.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Generate, and say how far it is."""
        try:
            for label, count in samples_generate(
                _wishes(options), is_confirmed=options["even_in_production"]
            ):
                self.stdout.write(f"{label}: {count}")
        except ImproperlyConfigured as refusal:
            raise CommandError(
                f"{refusal} Los ejemplos se mezclarían con las soluciones reales. Si es una instalación para "
                "mostrar el portal, agregá --even-in-production; `remove_samples` los borra después."
            ) from refusal


def _wishes(options: dict[str, Any]) -> dict[str, SampleWish]:
    """Return what was asked for; every kind in its usual number when nothing was."""
    counts = {generator.id: options[generator.id] for generator in sample_generators}
    if all(count is None for count in counts.values()):
        counts = {generator.id: generator.default for generator in sample_generators}
    for name in (*counts, "cities"):
        number = counts.get(name, options.get(name))
        if number is not None and number < 1:
            raise CommandError(f"--{name} tiene que ser 1 o más: {number} no alcanza para crear ejemplos.")
    return {
        name: SampleWish(count, options["cities"], options["seed"])
        for name, count in counts.items()
        if count is not None
    }
