"""What the installation remembers about itself."""

from django.db import models


class StarterLoad(models.Model):
    """A starter content that was loaded, and in which version."""

    content = models.SlugField(max_length=40, primary_key=True)
    version = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "contenido inicial"
        verbose_name_plural = "contenidos iniciales"

    def __str__(self) -> str:
        return f"{self.content} {self.version}"
