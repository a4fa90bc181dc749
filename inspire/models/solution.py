"""A solution: what a local government did about a problem, told so that another one can learn from it."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inspire.models.texts import SolutionText
from inspire.querysets import SolutionQuerySet
from portal.core.models import TimeStampedModel
from portal.places.models import Country, Municipality
from portal.topics.models import PolicyArea, Topic

TITLE_LENGTH = 200
RECOGNITION_LENGTH = 120


def new_source_id() -> str:
    """Return an identifier for a solution that was written in the portal itself."""
    return str(uuid4())


class Solution(TimeStampedModel):
    """A local government's experience with a problem, as its source tells it; what that leaves out stays empty."""

    class Status(models.TextChoices):
        """Where it stands on its way into the library."""

        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicada")
        ARCHIVED = "archived", _("archivada")

    class Level(models.TextChoices):
        """Which government did it."""

        LOCAL = "local", _("gobierno local")
        REGIONAL = "regional", _("gobierno provincial o regional")
        NATIONAL = "national", _("gobierno nacional con gobiernos locales")

    class PositionPrecision(models.TextChoices):
        """What its point on the map stands for."""

        EXACT = "exact", _("el punto que da la fuente")
        PLACE = "place", _("la ciudad o localidad")
        COUNTRY = "country", _("todo el país, en su capital")

    class Stage(models.TextChoices):
        """How far it has come."""

        IDEA = "idea", _("idea")
        PILOT = "pilot", _("prueba piloto")
        RUNNING = "running", _("en marcha")
        SCALED = "scaled", _("ampliada a otros lugares")
        ENDED = "ended", _("terminada")

    class CostBand(models.TextChoices):
        """What it cost until it ran, in US dollars of its time, so that towns of different countries can compare."""

        NONE = "none", _("sin gasto propio")
        LOW = "low", _("menos de 10.000 dólares")
        MEDIUM = "medium", _("de 10.000 a 100.000 dólares")
        HIGH = "high", _("de 100.000 a 1 millón de dólares")
        VERY_HIGH = "very_high", _("más de 1 millón de dólares")

    slug = models.SlugField(_("dirección en el portal"), max_length=120, unique=True)
    source = models.SlugField(_("colección de origen"), max_length=60, default="portal")
    source_id = models.CharField(_("identificador en el origen"), max_length=120, default=new_source_id)
    title = models.CharField(_("título"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("resumen"), blank=True)
    problem = models.TextField(_("el problema"), blank=True)
    what_was_done = models.TextField(_("qué se hizo"), blank=True)
    results = models.TextField(_("qué se logró"), blank=True)
    # [{"indicator": …, "before": …, "after": …, "unit": …, "date": …}], see `inspire.record.Figure`.
    figures = models.JSONField(_("cifras"), default=list, blank=True)
    what_failed = models.TextField(_("qué no funcionó"), blank=True)
    conditions = models.TextField(_("condiciones para que funcione"), blank=True)
    lessons = models.TextField(_("qué se aprendió"), blank=True)
    novelty = models.TextField(_("qué tiene de nuevo"), blank=True)
    partners = models.TextField(_("con quiénes se hizo"), blank=True)
    beneficiaries = models.TextField(_("para quiénes es"), blank=True)
    cost_band = models.CharField(_("costo"), max_length=10, choices=CostBand, blank=True)
    funding = models.TextField(_("quién lo pagó"), blank=True)
    language = models.CharField(_("idioma original"), max_length=5, default="es")
    # {"en": {"title": …, "summary": …, …}}, by the names of TEXT_FIELDS
    translations = models.JSONField(_("traducciones"), default=dict, blank=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="solutions", verbose_name=_("país")
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="solutions",
        verbose_name=_("municipio"),
    )
    place_name = models.CharField(_("lugar"), max_length=150, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    # Blank when there is no position, and only then.
    position_precision = models.CharField(
        _("precisión de la ubicación"), max_length=10, choices=PositionPrecision, blank=True
    )
    level = models.CharField(_("nivel de gobierno"), max_length=10, choices=Level, default=Level.LOCAL)
    stage = models.CharField(_("etapa"), max_length=10, choices=Stage, blank=True)
    start_year = models.PositiveSmallIntegerField(_("año de inicio"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("año de fin"), null=True, blank=True)
    areas = models.ManyToManyField(PolicyArea, blank=True, verbose_name=_("áreas de gestión"))
    topics = models.ManyToManyField(Topic, blank=True, verbose_name=_("temas"))
    tags = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("palabras clave")
    )
    sdgs = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("Objetivos de Desarrollo Sostenible"),
    )
    recognitions = ArrayField(
        models.CharField(max_length=RECOGNITION_LENGTH),
        default=list,
        blank=True,
        verbose_name=_("premios y reconocimientos"),
    )
    # [{"label": …, "url": …}], see `inspire.record.Link`.
    links = models.JSONField(_("enlaces"), default=list, blank=True)
    source_name = models.CharField(_("fuente"), max_length=200, blank=True)
    source_url = models.URLField(_("enlace a la fuente"), max_length=2000, blank=True)
    licence = models.CharField(_("licencia"), max_length=200, blank=True)
    # What the source last said, as a digest: an import that says the same again changes nothing that staff wrote since.
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("publicada el"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("es de muestra"), default=False)
    # What it answers to as "facet:value", such as "country:AR" and "area:health": every filter and every count of the
    # library reads them. Derived by the database (`inspire_facet_keys`), written by `services.facets`.
    facet_keys = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    # Its finest cell on the map, see `inspire.map_grid`.
    map_cell = models.GeneratedField(
        expression=Func("latitude", "longitude", function="inspire_map_cell"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    # Only on rows that were loaded with `with_slugs`.
    area_slugs: list[str]
    topic_slugs: list[str]
    account_ids: list[int]
    # Only on rows that words were looked for in, see `inspire.extracts`.
    extract: str

    objects = SolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("solución")
        verbose_name_plural = _("soluciones")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                name="inspire_source_knows_solution_once",
                violation_error_message=_("Ya hay una solución con ese identificador en esa colección."),
            ),
            models.CheckConstraint(
                name="inspire_position_is_whole",
                # A check that comes out as NULL passes, so the second half says that both are there.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_(
                    "La ubicación necesita latitud (de -90 a 90) y longitud (de -180 a 180): completá las dos o "
                    "dejá las dos vacías."
                ),
            ),
            models.CheckConstraint(
                name="inspire_position_says_how_precise",
                condition=Q(latitude__isnull=True, position_precision="")
                | Q(latitude__isnull=False, position_precision__in=["exact", "place", "country"]),
                violation_error_message=_(
                    "Una ubicación dice qué precisión tiene: elegila, o dejala vacía si no hay ubicación."
                ),
            ),
            models.CheckConstraint(
                name="inspire_start_year_is_plausible",
                condition=Q(start_year__isnull=True) | Q(start_year__range=(1900, 2100)),
                violation_error_message=_("El año tiene que estar entre 1900 y 2100."),
            ),
            models.CheckConstraint(
                name="inspire_end_year_is_plausible",
                condition=Q(end_year__isnull=True)
                | Q(end_year__range=(1900, 2100), start_year__isnull=True)
                | Q(end_year__range=(1900, 2100), end_year__gte=F("start_year")),
                violation_error_message=_("El año de fin no puede ser anterior al de inicio."),
            ),
            models.CheckConstraint(
                name="inspire_sdgs_exist",
                condition=Q(sdgs__contained_by=list(range(1, 18))),
                violation_error_message=_("Los Objetivos de Desarrollo Sostenible van del 1 al 17."),
            ),
            models.CheckConstraint(
                name="inspire_published_has_a_date",
                condition=~Q(status="published") | Q(published_at__isnull=False),
                violation_error_message=_("Una solución publicada tiene fecha de publicación."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="published"), name="inspire_newest"
            ),
            models.Index(
                fields=["country", "-published_at", "-id"],
                condition=Q(status="published"),
                name="inspire_newest_of_country",
            ),
            models.Index(
                fields=["longitude", "latitude"],
                condition=Q(status="published", latitude__isnull=False),
                name="inspire_on_map",
            ),
            # The newest of a cell, and all of a larger one, without a look at the table.
            models.Index(
                fields=["map_cell", "-published_at", "-id"],
                condition=Q(status="published", latitude__isnull=False),
                name="inspire_newest_of_cell",
            ),
            # By place, as one sorts places; the database itself would put Ávila behind Zaragoza.
            models.Index(
                F("country"),
                Func("place_name", function="catalog_plain"),
                F("id"),
                condition=Q(status="published"),
                name="inspire_by_place",
            ),
            GinIndex(fields=["facet_keys"], condition=Q(status="published"), name="inspire_by_facet"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the solution."""
        return reverse("inspire:solution-detail", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether it is in the library."""
        return self.status == self.Status.PUBLISHED

    @property
    def has_position(self) -> bool:
        """Whether it can stand on the map."""
        return self.latitude is not None

    @property
    def is_country_wide(self) -> bool:
        """Whether its point is only where its country is governed from."""
        return self.position_precision == self.PositionPrecision.COUNTRY

    @property
    def languages(self) -> list[str]:
        """The languages it can be read in, the original first."""
        return [self.language, *(code for code in self.translations if code != self.language)]

    def figures_in(self, language: str) -> list[dict[str, str]]:
        """Return its results in numbers, named in a language where somebody did that."""
        translated: list[dict[str, str]] = self.translations.get(language, {}).get("figures") or []
        return translated or list(self.figures)

    def text_in(self, language: str) -> SolutionText:
        """Return its words in a language, or in the original where there is no such translation."""
        return SolutionText(self, language if self.translations.get(language) else self.language)

    @property
    def shown(self) -> SolutionText:
        """Its words in the reader's language, where there are such."""
        return self.text_in((get_language() or "es")[:2])
