"""The catalogue: one row for everything that can be found."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Left, Length, Right
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.catalog.querysets import EntryQuerySet
from portal.places.models import Country, Municipality


class Entry(models.Model):
    """A solution, questionnaire, document … as search, lists of news, related things and feeds see it.

    It is derived: the owning app writes it together with its own row, and `rebuild_catalog` makes it anew.
    """

    class Visibility(models.TextChoices):
        """Who may find it."""

        PUBLIC = "public", _("cualquier persona")
        MEMBERS = "members", _("integrantes de la red")

    kind = models.SlugField(max_length=40)
    object_id = models.BigIntegerField()
    url = models.CharField(max_length=300)
    language = models.CharField(max_length=5, default="es")
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # {"en": {"title": …, "summary": …, "body": …}}: the same thing in other languages.
    translations = models.JSONField(default=dict, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, related_name="entries"
    )
    place_name = models.CharField(max_length=150, blank=True)
    # Slugs instead of join tables: the catalogue is read far more than written, and rebuilt from its owners.
    areas = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Accounts of those who made it or answer for it; shown only as each of them lets herself be seen.
    people = ArrayField(models.BigIntegerField(), default=list, blank=True, db_default=[])
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    published_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=models.Func(
            "language", "title", "summary", "body", "translations", function="catalog_search_vector"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # Set by the querysets that compute them: `matching`, `with_extract`, `related_to`.
    rank: float
    extract: str
    shared_topics: list[str]
    shared_areas: list[str]
    is_near: bool | None

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrada del catálogo")
        verbose_name_plural = _("entradas del catálogo")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="catalog_each_thing_once")]
        indexes = [
            GinIndex(fields=["search"], name="catalog_search"),
            GinIndex(fields=["areas", "topics"], name="catalog_areas_topics"),
            GinIndex(fields=["people"], name="catalog_people"),
            models.Index(fields=["kind", "-published_at", "-id"], name="catalog_newest_of_kind"),
            models.Index(fields=["-published_at", "-id"], name="catalog_newest"),
            models.Index(fields=["municipality", "kind"], name="catalog_of_municipality"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where the thing itself is."""
        return self.url

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, where there is one."""
        return self._shown("title")

    @property
    def shown_summary(self) -> str:
        """The summary in the reader's language, where there is one."""
        return self._shown("summary")

    def _shown(self, field: str) -> str:
        translated: dict[str, Any] = self.translations.get((get_language() or "es")[:2], {})
        return str(translated.get(field) or getattr(self, field))


class Word(models.Model):
    """A word that public titles and summaries are written with, so that misspelt ones can be told what is meant.

    It is derived: `lexicon_rebuild` makes all of them anew.
    """

    # In lower case and without accents: what is compared.
    plain = models.CharField(max_length=30, primary_key=True)
    # As most write it, with its accents: what is proposed.
    word = models.CharField(max_length=40)
    entries = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("palabra del catálogo")
        verbose_name_plural = _("palabras del catálogo")
        indexes = [
            models.Index(Left("plain", 1), Length("plain"), name="catalog_words_by_beginning"),
            models.Index(Right("plain", 3), Length("plain"), name="catalog_words_by_end"),
        ]

    def __str__(self) -> str:
        return self.word
