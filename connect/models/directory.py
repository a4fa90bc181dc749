"""The directory: profiles as each audience may find them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from connect.querysets.directory import DirectoryEntryQuerySet
from portal.places.models import Municipality


class DirectoryEntry(models.Model):
    """One person as one audience may find her; derived from her profile, her account and her memberships.

    What an audience may not see is not in its row, so that no search, facet or order can tell it.
    """

    class Audience(models.TextChoices):
        """Who reads this row."""

        PUBLIC = "public", _("cualquier persona")
        MEMBERS = "members", _("integrantes de la red")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="directory_entries"
    )
    audience = models.CharField(max_length=7, choices=Audience)
    name = models.CharField(max_length=150)
    # Lower case and without accents: what the order by name goes by.
    sort_name = models.CharField(max_length=150)
    position = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, null=True, related_name="+")
    municipality_name = models.CharField(max_length=260, blank=True)
    # "area:health", "can_help:composting", "country:AR" …: what facets filter and count.
    facet_keys = ArrayField(models.TextField(), default=list, blank=True)
    # For "people like me": the topics that this audience may see.
    offer_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    seek_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    # What the search finds beside name and position: town, areas, topics and what she tells.
    text = models.TextField(blank=True)
    active_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=models.Func(
            models.Value("es"),
            "name",
            "position",
            "text",
            models.Value({}, output_field=models.JSONField()),
            function="catalog_search_vector",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ficha del directorio")
        verbose_name_plural = _("fichas del directorio")
        constraints = [
            models.UniqueConstraint(fields=["user", "audience"], name="connect_one_row_an_audience")
        ]
        indexes = [
            models.Index(fields=["audience", "-active_on", "-id"], name="connect_dir_by_activity"),
            models.Index(fields=["audience", "sort_name", "id"], name="connect_dir_by_name"),
            models.Index(fields=["municipality", "audience", "-active_on"], name="connect_dir_of_town"),
            GinIndex(fields=["search"], name="connect_dir_search"),
            GinIndex(fields=["facet_keys"], name="connect_dir_facets"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.audience})"


class DirectoryCount(models.Model):
    """An addend of how many entries of an audience answer to a key; the count is the sum (docs/adr/0008)."""

    # "members|area:health"; "members|all" counts every entry of the audience.
    key = models.TextField()
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["key"], name="connect_count_of_facet")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
