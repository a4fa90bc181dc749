"""What people are still to be told of: rows that go when it was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from share.models.posts import Post


class PostToTell(models.Model):
    """A post of which nobody was told yet: thousands may follow its conversation, and whoever writes does not wait."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("mensaje por avisar")
        verbose_name_plural = _("mensajes por avisar")

    def __str__(self) -> str:
        return f"{self.post_id}"
