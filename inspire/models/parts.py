"""What stands beside the words of a solution: people, photos and documents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inspire.models.solution import Solution
from portal.files.models import StoredFile


class SolutionPerson(models.Model):
    """Somebody who stands behind a solution, and as what; the portal never shows an address of hers."""

    class Role(models.TextChoices):
        """What she has to do with it."""

        AUTHOR = "author", _("lo cuenta")
        IMPLEMENTER = "implementer", _("lo llevó adelante")
        CONTACT = "contact", _("responde consultas")

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(_("rol"), max_length=12, choices=Role)
    # Where she has an account; it may be erased, and her name with it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="solution_roles",
        verbose_name=_("cuenta en el portal"),
    )
    name = models.CharField(_("nombre y apellido"), max_length=150)
    position = models.CharField(_("cargo"), max_length=150, blank=True)
    organisation = models.CharField(_("organización"), max_length=150, blank=True)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        verbose_name = _("persona de una solución")
        verbose_name_plural = _("personas de una solución")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="inspire_person_has_a_name"),
            models.UniqueConstraint(
                fields=["solution", "role", "name"],
                name="inspire_person_once_in_a_role",
                violation_error_message=_("Esa persona ya está con ese rol."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"


class SolutionPhoto(models.Model):
    """A picture of a solution, told in words for those who do not see it, with the terms it may be used on."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    alt = models.CharField(_("descripción para quien no la ve"), max_length=300)
    caption = models.CharField(_("epígrafe"), max_length=300, blank=True)
    credit = models.CharField(_("autoría"), max_length=150, blank=True)
    licence = models.CharField(_("licencia"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("fotos")
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="inspire_photo_is_described")]

    def __str__(self) -> str:
        return self.alt


class SolutionAttachment(models.Model):
    """A document of a solution: the ordinance, the form, the terms of reference."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    title = models.CharField(_("título"), max_length=200)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        verbose_name = _("documento de una solución")
        verbose_name_plural = _("documentos de una solución")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="inspire_attachment_has_a_title")
        ]

    def __str__(self) -> str:
        return self.title
