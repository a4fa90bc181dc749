"""Questions asked of countries and municipalities."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Upper

from portal.places.names import normalise_name

# One letter would fetch a tenth of the world.
MIN_SEARCH_LETTERS = 2


class CountryQuerySet(models.QuerySet):
    """Countries."""

    def with_municipalities(self) -> Self:
        """Only countries of which at least one municipality is known."""
        return self.filter(municipalities__isnull=False).distinct()


class MunicipalityQuerySet(models.QuerySet):
    """Municipalities."""

    def in_country(self, code: str) -> Self:
        """Only those of one country."""
        return self.filter(country_id=code)

    def known_to(self, source: str) -> Self:
        """Only those that a source has a code for, each once however many it has."""
        return self.filter(models.Exists(_codes().filter(municipality=models.OuterRef("pk"), source=source)))

    def coded(self, code: str, source: str = "") -> Self:
        """Only those that a source (any, when none is named) knows by a code, capitals aside."""
        known = (
            _codes()
            .alias(capitals=Upper("code"))
            .filter(municipality=models.OuterRef("pk"), capitals=code.strip().upper())
        )
        return self.filter(models.Exists(known.filter(source=source) if source else known))

    def named_like(self, text: str) -> Self:
        """Only those whose name begins with what was typed, accents and capitals aside.

        Those whose category of government is known come first, then the larger ones. Fewer letters than
        `MIN_SEARCH_LETTERS` find nothing.
        """
        beginning = normalise_name(text)
        if len(beginning.replace(" ", "")) < MIN_SEARCH_LETTERS:
            return self.none()
        is_only_a_place = models.ExpressionWrapper(models.Q(category=""), output_field=models.BooleanField())
        return self.filter(normalised_name__startswith=beginning).order_by(
            is_only_a_place, models.F("population").desc(nulls_last=True), "id"
        )


def _codes() -> models.Manager:
    """Return the manager of codes, which the models' module, that imports this one, defines."""
    return apps.get_model("places", "MunicipalityCode")._default_manager
