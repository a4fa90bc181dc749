"""Who reads a conversation, follows it, was asked about it; and what was done to it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from share.models.threads import Thread


class ThreadReader(models.Model):
    """How far a person has read a conversation, and whether she follows it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    is_following = models.BooleanField(default=False)
    # She said that she wants no notices of it: taking part does not make her follow it again.
    is_muted = models.BooleanField(default=False)
    read_number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lectura de una conversación")
        verbose_name_plural = _("lecturas de conversaciones")
        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], name="share_reads_once"),
            models.CheckConstraint(
                condition=Q(is_following=False) | Q(is_muted=False), name="share_follows_or_is_muted"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "thread"], condition=Q(is_following=True), name="share_follows"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.thread_id}"


class RoutedQuestion(models.Model):
    """A question that was put to one of at most three people who are likely to know."""

    class Status(models.TextChoices):
        """What she did with it."""

        ASKED = "asked", _("se le preguntó")
        ANSWERED = "answered", _("respondió")
        DECLINED = "declined", _("prefirió que no")
        ENDED = "ended", _("ya no hace falta")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="routed")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    # Why her: codes of `share.routing.reasons`, each with what it needs ("things:water:3").
    reasons = ArrayField(models.CharField(max_length=120), default=list)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pregunta derivada")
        verbose_name_plural = _("preguntas derivadas")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="share_asked_once")]
        indexes = [models.Index(fields=["user", "-asked_at"], name="share_asked_lately")]

    def __str__(self) -> str:
        return f"{self.thread_id} → {self.user_id}"


class ThreadChange(models.Model):
    """What was done to a conversation, by whom and why: appended, never changed."""

    class Kind(models.TextChoices):
        """What was done."""

        EDITED = "edited", _("cambió el título o los temas")
        MOVED = "moved", _("se movió")
        SPLIT = "split", _("se separó en otra conversación")
        CLOSED = "closed", _("se cerró")
        OPENED = "opened", _("se volvió a abrir")
        LOCKED = "locked", _("la cerró el equipo")
        PINNED = "pinned", _("se fijó")
        UNPINNED = "unpinned", _("se dejó de fijar")
        SLOWED = "slowed", _("cambió el modo lento")
        HIDDEN = "hidden", _("se ocultó")
        SHOWN = "shown", _("se volvió a mostrar")
        OUTCOME = "outcome", _("se contó en qué quedó")
        HELD = "held", _("espera que el equipo la mire")
        APPROVED = "approved", _("el equipo la dejó pasar")
        REJECTED = "rejected", _("el equipo no la dejó pasar")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Of a post that was hidden, shown or moved, its number; and why, in the person's words.
    number = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("cambio de una conversación")
        verbose_name_plural = _("cambios de conversaciones")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.kind}"


class ListCount(models.Model):
    """An addend of how many conversations answer to a key ("members|state:unanswered"): docs/adr/0008."""

    key = models.CharField(max_length=110)
    count = models.IntegerField()

    class Meta:
        verbose_name = _("cuenta de conversaciones")
        verbose_name_plural = _("cuentas de conversaciones")
        indexes = [models.Index(fields=["key"], name="share_counts_by_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
