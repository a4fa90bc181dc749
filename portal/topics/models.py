"""Policy areas and their topics: the words by which everything in the portal is found."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TranslatedName(models.Model):
    """A name in the three languages of the network."""

    slug = models.SlugField(_("identificador"), unique=True, max_length=60)
    name_es = models.CharField(_("nombre en español"), max_length=100)
    name_en = models.CharField(_("nombre en inglés"), max_length=100)
    name_pt = models.CharField(_("nombre en portugués"), max_length=100)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        language = (get_language() or "es")[:2]
        return str(getattr(self, f"name_{language}", self.name_es))


class PolicyArea(TranslatedName):
    """One of the areas of local government that the portal is organised by."""

    icon = models.SlugField(_("icono"), max_length=60)
    summary_es = models.CharField(_("resumen en español"), max_length=300, blank=True)
    summary_en = models.CharField(_("resumen en inglés"), max_length=300, blank=True)
    summary_pt = models.CharField(_("resumen en portugués"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("área de gestión")
        verbose_name_plural = _("áreas de gestión")
        ordering = ["order", "id"]


class Topic(TranslatedName):
    """A theme within a policy area."""

    area = models.ForeignKey(
        PolicyArea, on_delete=models.CASCADE, related_name="topics", verbose_name=_("área de gestión")
    )

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("temas")
        ordering = ["area__order", "order", "id"]
