"""Conversations: a question or a discussion, its answers, and comments on those, one level deep."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.files.models import StoredFile
from portal.places.models import Municipality
from share.querysets.threads import PostQuerySet, ThreadQuerySet

MAX_TITLE = 200
SLUG_LENGTH = 60
MAX_TEXT = 20_000
MAX_OUTCOME = 2_000


class Thread(models.Model):
    """A question or a discussion. Its counts follow from its posts through triggers (migration 0002)."""

    class Kind(models.TextChoices):
        """Whether somebody needs an answer."""

        QUESTION = "question", _("pregunta")
        DISCUSSION = "discussion", _("conversación")

    class Visibility(models.TextChoices):
        """Who reads it; only members of the network write."""

        PUBLIC = "public", _("cualquier persona")
        MEMBERS = "members", _("integrantes de la red")

    kind = models.CharField(_("tipo"), max_length=10, choices=Kind, default=Kind.QUESTION)
    title = models.CharField(_("título"), max_length=MAX_TITLE)
    language = models.CharField(
        _("idioma"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    visibility = models.CharField(
        _("quién puede leerla"), max_length=10, choices=Visibility, default=Visibility.MEMBERS
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="threads"
    )
    # Where the author worked when she began it; none for the network's team.
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    areas = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    # The thing in the catalogue that it is about, as it was called then; the thing may go, the conversation stays.
    about_kind = models.SlugField(max_length=40, blank=True, db_index=False)
    about_id = models.BigIntegerField(null=True, blank=True)
    about_title = models.CharField(max_length=300, blank=True)
    about_url = models.CharField(max_length=300, blank=True)
    # What came of it, in a few words by whoever began it or by the team: the first thing that a reader finds.
    outcome = models.TextField(_("en qué quedó"), max_length=MAX_OUTCOME, blank=True)
    outcome_html = models.TextField(blank=True, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    # The number of its newest post; posts are numbered from 1, the opening one.
    last_number = models.PositiveIntegerField(default=0)
    # Of what is visible; kept by the service that writes, with `last_post_at` for the order of lists.
    last_post_at = models.DateTimeField()
    last_post_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Visible posts after the opening one; those that answer; those of them that were accepted. By triggers.
    replies = models.PositiveIntegerField(default=0, db_default=0)
    answers = models.PositiveIntegerField(default=0, db_default=0)
    accepted = models.PositiveIntegerField(default=0, db_default=0)
    supporters = models.PositiveIntegerField(default=0, db_default=0)
    # Raised whenever what is read of its posts changes (but for thanks): pages are kept by it. By a trigger.
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    is_pinned = models.BooleanField(_("fijada"), default=False)
    # Closed by its author or the team: it is read, and nobody answers any more.
    closed_at = models.DateTimeField(null=True, blank=True)
    # Locked by the team: only the team opens it again.
    is_locked = models.BooleanField(_("cerrada por el equipo"), default=False)
    # Seconds that a person waits between two posts in it; 0 for none.
    slow_mode_seconds = models.PositiveIntegerField(_("modo lento, en segundos"), default=0)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # When its question was put to people, and when to the network's team.
    routed_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(_("es de muestra"), default=False, editable=False)
    # Made by the form, so that one sent twice by an impatient finger or a bad line is one.
    client_key = models.UUIDField(null=True, blank=True)
    # What it can be filtered by ("state:unanswered", "area:health"): written by a trigger.
    facet_keys = ArrayField(models.CharField(max_length=90), default=list, editable=False, db_default=[])

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversación")
        verbose_name_plural = _("conversaciones")
        permissions = [("moderate_threads", _("Puede moderar conversaciones"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_kind="", about_id__isnull=True)
                | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="share_about_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_locked=False) | Q(closed_at__isnull=False), name="share_locked_is_closed"
            ),
            models.UniqueConstraint(
                fields=["author", "client_key"],
                condition=Q(client_key__isnull=False),
                name="share_thread_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-last_post_at", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_active",
            ),
            models.Index(
                fields=["visibility", "-last_post_at", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_of_audience",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(hidden_at__isnull=True, kind="question", answers=0, closed_at__isnull=True),
                name="share_threads_unanswered",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_newest",
            ),
            models.Index(
                fields=["-answers", "-id"], condition=Q(hidden_at__isnull=True), name="share_threads_answered"
            ),
            models.Index(
                fields=["-supporters", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_supported",
            ),
            models.Index(
                fields=["-last_post_at", "-id"],
                condition=Q(hidden_at__isnull=True, is_pinned=True),
                name="share_threads_pinned",
            ),
            models.Index(fields=["author", "-last_post_at"], name="share_threads_of_author"),
            models.Index(fields=["about_kind", "about_id", "-last_post_at"], name="share_threads_about"),
            GinIndex(fields=["facet_keys"], name="share_thread_facets"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("share:thread-detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """What its address says of it, for people; the number alone decides."""
        return slugify(self.title)[:SLUG_LENGTH].strip("-") or "conversacion"

    @property
    def is_question(self) -> bool:
        """Whether somebody needs an answer."""
        return self.kind == self.Kind.QUESTION

    @property
    def is_closed(self) -> bool:
        """Whether nobody answers any more."""
        return self.closed_at is not None


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


class ThreadSupport(models.Model):
    """A person who has the same question."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="supported")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("«a mí también»")
        verbose_name_plural = _("«a mí también»")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="share_supports_once")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.user_id}"
