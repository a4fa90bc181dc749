"""What people write in conversations: answers to a question, and comments on those, one level deep."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.files.models import StoredFile
from portal.places.models import Municipality
from share.models.threads import Thread
from share.querysets.threads import PostQuerySet

MAX_TEXT = 20_000


class Post(models.Model):
    """What somebody wrote in a conversation: the opening one (number 1), an answer, or a comment on an answer."""

    class Status(models.TextChoices):
        """Who sees it; only what is visible counts."""

        VISIBLE = "visible", _("visible")
        HELD = "held", _("espera que la miren")
        HIDDEN = "hidden", _("oculta por el equipo")
        REMOVED = "removed", _("quitada por quien la escribió")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    # The answer that it comments on; none for the opening post and for answers.
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    # The number of the answer at the head of its branch, its own for an answer: comments follow their answer.
    branch = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="posts"
    )
    # Where she worked when she wrote it.
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("texto"), max_length=MAX_TEXT)
    # `text` as it is shown, without names: people it mentions and quotes are put in when it is read.
    html = models.TextField(editable=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.VISIBLE)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # How many thanked for it. By a trigger.
    thanks = models.PositiveIntegerField(default=0, db_default=0)
    client_key = models.UUIDField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("mensaje de una conversación")
        verbose_name_plural = _("mensajes de conversaciones")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="share_post_number"),
            models.UniqueConstraint(
                fields=["thread", "author", "client_key"],
                condition=Q(client_key__isnull=False),
                name="share_post_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(parent__isnull=True, number__gt=1),
                name="share_only_answers_are_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "branch", "number"], name="share_posts_of_thread"),
            models.Index(fields=["author", "-id"], name="share_posts_of_author"),
            models.Index(fields=["id"], condition=Q(status="held"), name="share_posts_held"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}#{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of this post, which leads to the page that it stands on."""
        return reverse("share:post", args=[self.thread_id, self.number])

    @property
    def is_opening(self) -> bool:
        """Whether it is what the conversation begins with."""
        return self.number == 1

    @property
    def is_comment(self) -> bool:
        """Whether it comments on an answer."""
        return self.parent_id is not None

    @property
    def is_answer(self) -> bool:
        """Whether it answers what the conversation began with."""
        return self.number > 1 and self.parent_id is None

    @property
    def is_visible(self) -> bool:
        """Whether everybody who reads the conversation sees it."""
        return self.status == self.Status.VISIBLE


class PostRevision(models.Model):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    # When this text was replaced, and by whom.
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("versión anterior")
        verbose_name_plural = _("versiones anteriores")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.post_id}"


class PostFile(models.Model):
    """A file that belongs to a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("archivo de un mensaje")
        verbose_name_plural = _("archivos de mensajes")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.file_id}"


class PostMention(models.Model):
    """A person whom a post names, so that she is told."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mención")
        verbose_name_plural = _("menciones")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="share_mentioned_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"


class PostThanks(models.Model):
    """A person who thanks for a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="thanked")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agradecimiento")
        verbose_name_plural = _("agradecimientos")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="share_thanks_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"
