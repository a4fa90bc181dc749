"""Files that people upload."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.models import PublicIdModel


def stored_path(file: "StoredFile", name: str) -> str:
    """Keep a file under its random id, so that no uploaded name ever reaches the disk."""
    return f"{file.use}/{file.public_id.hex[:2]}/{file.public_id.hex}"


class StoredFile(PublicIdModel):
    """An upload whose content was checked, readable only through its guarded address."""

    class ThumbnailStatus(models.TextChoices):
        """Whether its smaller pictures are there."""

        NOT_NEEDED = "", _("no hacen falta")
        WAITING = "waiting", _("en espera")
        MADE = "made", _("hechas")
        FAILED = "failed", _("no se pudieron hacer")

    use = models.SlugField(_("uso"), max_length=40)
    name = models.CharField(_("nombre"), max_length=200)
    content = models.FileField(_("contenido"), upload_to=stored_path, max_length=200)
    content_type = models.CharField(_("tipo"), max_length=100)
    size = models.PositiveBigIntegerField(_("tamaño en bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién lo subió"),
    )
    created_at = models.DateTimeField(_("subido el"), auto_now_add=True)
    # Of pictures, so that a page can keep their place free before they arrive.
    width = models.PositiveIntegerField(_("ancho en píxeles"), null=True, editable=False)
    height = models.PositiveIntegerField(_("alto en píxeles"), null=True, editable=False)
    thumbnail_status = models.CharField(
        _("miniaturas"),
        max_length=8,
        choices=ThumbnailStatus,
        default=ThumbnailStatus.NOT_NEEDED,
        blank=True,
        editable=False,
    )
    thumbnail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("archivo")
        verbose_name_plural = _("archivos")
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(thumbnail_status="waiting"), name="files_waiting_for_thumbs"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_are_never_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_have_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the guarded address, which asks the file's use who may read it."""
        return reverse("files:download", args=[self.public_id])


def thumbnail_path(thumbnail: "Thumbnail", name: str) -> str:
    """Keep a thumbnail beside its picture, under the picture's random id."""
    return f"{stored_path(thumbnail.file, name)}-{thumbnail.width}"


class Thumbnail(models.Model):
    """A smaller picture of an uploaded one, as WebP, read by whoever may read the original."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="thumbnails")
    width = models.PositiveIntegerField(_("ancho en píxeles"))
    height = models.PositiveIntegerField(_("alto en píxeles"))
    content = models.FileField(_("contenido"), upload_to=thumbnail_path, max_length=200)
    size = models.PositiveIntegerField(_("tamaño en bytes"))

    class Meta:
        verbose_name = _("miniatura")
        verbose_name_plural = _("miniaturas")
        ordering = ["width"]
        constraints = [models.UniqueConstraint(fields=["file", "width"], name="files_one_thumb_per_width")]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.width} px"

    def get_absolute_url(self) -> str:
        """Return the guarded address, which asks the use of the original who may read it."""
        return reverse("files:thumbnail", args=[self.file.public_id, self.width])
