"""Conversations: a question or a discussion, and what it is about."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.places.models import Municipality
from share.querysets.threads import ThreadQuerySet

MAX_TITLE = 200
SLUG_LENGTH = 60
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
