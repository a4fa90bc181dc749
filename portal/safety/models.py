"""Blocks between people, reports to the network's team, suspensions, and what accounts have sent lately."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.models import PublicIdModel


class Block(models.Model):
    """One person wants nothing to do with another, who is told nothing of it."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_received"
    )
    # Her name as the one who blocks her knew it then: since then neither sees the other, and a page that told the
    # name of today would tell more than she could see.
    known_as = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bloqueo")
        verbose_name_plural = _("bloqueos")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="safety_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="safety_nobody_blocks_herself"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ⊘ {self.blocked_id}"


class Report(PublicIdModel):
    """Something a person asks the network's team to look at, with a copy of it as it was."""

    class Category(models.TextChoices):
        """What is wrong with it."""

        SPAM = "spam", _("Publicidad o mensajes repetidos")
        HARASSMENT = "harassment", _("Acoso, insultos o amenazas")
        IMPERSONATION = "impersonation", _("Se hace pasar por otra persona o por un municipio")
        PERSONAL_DATA = "personal_data", _("Muestra datos personales de alguien")
        FALSE = "false", _("Es falso o engañoso")
        OTHER = "other", _("Otra cosa")

    class Status(models.TextChoices):
        """Where the report stands."""

        OPEN = "open", _("por revisar")
        UPHELD = "upheld", _("se actuó")
        DISMISSED = "dismissed", _("no hizo falta actuar")

    # What is reported: a registered reportable kind and the key of its row.
    kind = models.SlugField(_("tipo"), max_length=40, db_index=False)
    object_id = models.BigIntegerField(_("clave"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports_made",
        verbose_name=_("quién avisó"),
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports_received",
        verbose_name=_("sobre quién"),
    )  # fmt: skip
    category = models.CharField(_("motivo"), max_length=14, choices=Category)
    text = models.TextField(_("qué pasó"), max_length=2000, blank=True)
    # A copy of what was reported as it was then: {"title": …, "text": …, "at": …}.
    evidence = models.JSONField(_("copia de lo denunciado"), default=dict)
    # Evidence outlives its author's account until this day, when there is a reason to keep it.
    evidence_until = models.DateField(_("la copia se conserva hasta"), null=True, blank=True)
    status = models.CharField(_("estado"), max_length=9, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(_("avisado el"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decidió"),
    )
    decided_at = models.DateTimeField(_("decidido el"), null=True)

    class Meta:
        verbose_name = _("denuncia")
        verbose_name_plural = _("denuncias")
        indexes = [
            models.Index(fields=["status", "id"], name="safety_report_queue"),
            models.Index(fields=["kind", "object_id"], name="safety_reports_of_thing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "kind", "object_id"],
                condition=Q(status="open"),
                name="safety_one_open_report",
            ),
            models.CheckConstraint(
                condition=Q(status="open") ^ Q(decided_at__isnull=False), name="safety_decided_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} · {self.kind} {self.object_id}"


class ReportChange(models.Model):
    """One step in a report's life: who, when, from, to and why."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=9, blank=True)
    to_status = models.CharField(max_length=9, choices=Report.Status)
    # What was done beside deciding: "hidden", "warned", "suspended".
    measure = models.SlugField(max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class Suspension(PublicIdModel):
    """A time in which an account cannot be used, decided by the network's team; what it had sent stays."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="suspensions",
        verbose_name=_("persona"),
    )
    reason = models.CharField(
        _("motivo"), max_length=300, help_text=_("La persona lo lee cuando intenta ingresar.")
    )
    report = models.ForeignKey(
        Report, on_delete=models.SET_NULL, null=True, blank=True, related_name="suspensions",
        verbose_name=_("denuncia"),
    )  # fmt: skip
    started_at = models.DateTimeField(_("desde"), auto_now_add=True)
    until = models.DateTimeField(
        _("hasta"), null=True, blank=True, help_text=_("Sin fecha: hasta que se levante.")
    )
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decidió"),
    )
    lifted_at = models.DateTimeField(_("levantada el"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("la levantó"),
    )
    # What the person says against it, once, from the page that told her.
    appeal = models.TextField(_("lo que responde la persona"), max_length=2000, blank=True)
    appealed_at = models.DateTimeField(_("respondió el"), null=True)

    class Meta:
        verbose_name = _("suspensión")
        verbose_name_plural = _("suspensiones")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(lifted_at__isnull=True), name="safety_one_suspension_at_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("started_at")),
                name="safety_suspension_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=Q(lifted_at__isnull=True), name="safety_suspensions_ending"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_active(self) -> bool:
        """Whether the account is closed by it now."""
        return self.lifted_at is None


class Allowance(models.Model):
    """How often one account did something within one window of time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # "messages-per-minute": a registered limit.
    limit = models.SlugField(max_length=40, db_index=False)
    window_start = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "limit", "window_start"], name="safety_allowance_once")
        ]
        indexes = [models.Index(fields=["window_start"], name="safety_allowances_by_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.limit}: {self.used}"
