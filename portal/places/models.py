"""Countries and the municipalities in them, each known by the codes that its sources give it."""

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel
from portal.places.fields import NormalisedNameField
from portal.places.querysets import CountryQuerySet, MunicipalityQuerySet

# Outlines at 1:50,000,000 cut capes and islets; a quarter of a degree is about 28 km.
EXTENT_MARGIN_DEGREES = 0.25


class Country(models.Model):
    """A country, with the rectangle that its territory lies in."""

    # The ISO code is the key: it never changes, and lists and filters need no join to show it.
    code = models.CharField(_("código ISO"), max_length=2, primary_key=True)
    name_es = models.CharField(_("nombre en español"), max_length=100)
    name_en = models.CharField(_("nombre en inglés"), max_length=100)
    name_pt = models.CharField(_("nombre en portugués"), max_length=100)
    continent = models.CharField(_("continente"), max_length=2)
    south = models.FloatField(_("latitud mínima"), null=True, blank=True)
    north = models.FloatField(_("latitud máxima"), null=True, blank=True)
    west = models.FloatField(_("longitud mínima"), null=True, blank=True)
    east = models.FloatField(_("longitud máxima"), null=True, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("país")
        verbose_name_plural = _("países")
        ordering = ["name_es"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The country's name in the reader's language."""
        language = (get_language() or "es")[:2]
        return str(getattr(self, f"name_{language}", self.name_es))

    @property
    def extent(self) -> tuple[float, float, float, float] | None:
        """South, north, west and east in degrees; west is greater than east across the 180th meridian."""
        if self.south is None or self.north is None or self.west is None or self.east is None:
            return None
        return self.south, self.north, self.west, self.east

    def may_hold(self, latitude: float, longitude: float) -> bool:
        """Say whether a position may lie in the country; yes where its extent is not known."""
        if self.extent is None:
            return True
        south, north, west, east = self.extent
        if not south - EXTENT_MARGIN_DEGREES <= latitude <= north + EXTENT_MARGIN_DEGREES:
            return False
        from_west = longitude >= west - EXTENT_MARGIN_DEGREES
        to_east = longitude <= east + EXTENT_MARGIN_DEGREES
        return (from_west and to_east) if west <= east else (from_west or to_east)


class Municipality(TimeStampedModel):
    """A local government or the place it governs: whom solutions, people and evaluations belong to."""

    # Two of the indexes below begin with the country; one of its own would only slow imports down.
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="municipalities",
        verbose_name=_("país"),
        db_index=False,
    )
    name = models.CharField(_("nombre"), max_length=150)
    # Lower case, without accents or punctuation: what imports match and searches begin with.
    normalised_name = NormalisedNameField(max_length=150, editable=False)
    region_code = models.CharField(_("código de provincia o región"), max_length=10, blank=True)
    region_name = models.CharField(_("provincia o región"), max_length=100, blank=True)
    department = models.CharField(_("departamento"), max_length=100, blank=True)
    category = models.CharField(_("categoría"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    population = models.PositiveIntegerField(_("población"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("año del dato"), null=True, blank=True)
    website = models.URLField(_("sitio web"), blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipio")
        verbose_name_plural = _("municipios")
        ordering = ["name", "id"]
        indexes = [
            models.Index(
                fields=["normalised_name"], name="places_name_prefix", opclasses=["text_pattern_ops"]
            ),
            models.Index(fields=["country", "region_code", "normalised_name"], name="places_in_region"),
            models.Index(fields=["country", "population"], name="places_by_population"),
            models.Index(fields=["population"], name="places_by_population_anywhere"),
        ]
        constraints = [
            models.CheckConstraint(
                name="places_position_is_whole",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                # A check that comes out as null passes, so what must be there is said.
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_(
                    "Poné las dos coordenadas o ninguna: la latitud entre -90 y 90, la longitud entre -180 y 180."
                ),
            ),
            models.CheckConstraint(
                name="places_year_has_population",
                condition=models.Q(population_year__isnull=True) | models.Q(population__isnull=False),
                violation_error_message=_("Hay un año pero no hay población. Completala o borrá el año."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.region_name}" if self.region_name else self.name


class MunicipalityCode(models.Model):
    """The code by which one source knows a municipality. Imports find municipalities by it, never by name alone."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="codes")
    source = models.CharField(_("fuente"), max_length=40)
    code = models.CharField(_("código"), max_length=40)

    class Meta:
        verbose_name = _("código oficial")
        verbose_name_plural = _("códigos oficiales")
        constraints = [
            models.UniqueConstraint(
                "source",
                Upper("code"),
                name="places_code_is_unique_in_its_source",
                violation_error_message=_(
                    "Otro municipio ya tiene ese código de esa fuente. Revisá cuál es el suyo."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.code}"
