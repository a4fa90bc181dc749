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

    class Meta:
        verbose_name = _("archivo")
        verbose_name_plural = _("archivos")
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
