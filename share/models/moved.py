"""Where posts stood before somebody of the team gave them a conversation of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from share.models.posts import Post
from share.models.threads import Thread


class MovedPost(models.Model):
    """A number that a post had in another conversation, so that links to it still lead to the post."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="moved_from")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mensaje que cambió de conversación")
        verbose_name_plural = _("mensajes que cambiaron de conversación")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="share_moved_once")]

    def __str__(self) -> str:
        return f"{self.thread_id}#{self.number} → {self.post_id}"
