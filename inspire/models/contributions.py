"""What people write for the library, from the first word to the decision: the desk, apart from the library itself."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspire.models.solution import TITLE_LENGTH, Solution
from inspire.querysets_contributions import ContributionQuerySet
from portal.core.models import PublicIdModel, TimeStampedModel
from portal.files.models import StoredFile

if TYPE_CHECKING:
    from portal.accounts.models import User

REASON_LENGTH = 2_000
COMMENT_LENGTH = 4_000


class Contribution(TimeStampedModel, PublicIdModel):
    """A solution that somebody is writing, or changes she proposes to a published one.

    `content` holds what was typed, field by field, also where it cannot be accepted yet, so that nothing is ever lost
    (see `inspire.contribution_content`). `base_content` is the published text that a proposal began with, with the ids
    of the files that the page showed then. `version` grows with every change: a decision names the one that was read.
    """

    class Status(models.TextChoices):
        """Where it stands on its way into the library."""

        DRAFT = "draft", _("borrador")
        SUBMITTED = "submitted", _("en revisión")
        CHANGES_ASKED = "changes_asked", _("con cambios pedidos")
        PUBLISHED = "published", _("publicado")
        DECLINED = "declined", _("no publicado")
        WITHDRAWN = "withdrawn", _("retirado")

    EDITABLE = (Status.DRAFT, Status.CHANGES_ASKED)
    DECIDED = (Status.PUBLISHED, Status.DECLINED)

    solution = models.ForeignKey(
        Solution,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("solución"),
    )
    title = models.CharField(_("título"), max_length=TITLE_LENGTH, blank=True)
    content = models.JSONField(_("contenido"), default=dict)
    base_content = models.JSONField(_("contenido de partida"), default=dict)
    is_proposal = models.BooleanField(_("cambia una publicada"), default=False)
    version = models.PositiveIntegerField(_("versión"), default=0)
    status = models.CharField(_("estado"), max_length=14, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién lo empezó"),
    )
    submitted_at = models.DateTimeField(_("enviado el"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decidido el"), null=True, blank=True)

    # Set by the queryset's `for_list`.
    writers: list["ContributionAuthor"]

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("aporte")
        verbose_name_plural = _("aportes")
        constraints = [
            models.CheckConstraint(
                name="inspire_submitted_has_a_date",
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inspire_decided_has_a_date",
                condition=~Q(status__in=["published", "declined"]) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"], condition=Q(status="submitted"), name="inspire_to_review"
            ),
            models.Index(fields=["status", "-updated_at", "-id"], name="inspire_desk_by_status"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Sin título todavía"))

    def get_absolute_url(self) -> str:
        """Return where its authors see how it stands."""
        return reverse("inspire:contribution-detail", args=[self.public_id])

    @property
    def is_editable(self) -> bool:
        """Whether its authors may change it now."""
        return self.status in self.EDITABLE

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for its review."""
        return self.status == self.Status.SUBMITTED

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.is_editable or self.is_submitted

    def is_written_by(self, user: Any) -> bool:
        """Say whether a person is one of its authors."""
        return self.authors.filter(user_id=user.pk, accepted_at__isnull=False).exists()


class ContributionStep(models.Model):
    """One step of a contribution: who, when, from, to and why."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="steps")
    from_status = models.CharField(_("de"), max_length=14, blank=True)
    to_status = models.CharField(_("a"), max_length=14, choices=Contribution.Status)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién"),
    )
    reason = models.TextField(_("motivo"), max_length=REASON_LENGTH, blank=True)
    at = models.DateTimeField(_("cuándo"), auto_now_add=True)

    class Meta:
        verbose_name = _("paso de un aporte")
        verbose_name_plural = _("pasos de un aporte")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class ContributionAuthor(models.Model):
    """Somebody who writes a contribution, or was asked to; her name is published only if she says so herself."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="contribution_roles",
        verbose_name=_("persona"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Whoever invites by address must not learn whether there is an account until its owner accepts.
    is_found_by_address = models.BooleanField(_("invitada por su correo"), default=False)
    is_named = models.BooleanField(_("figura en la página"), default=False)
    invited_at = models.DateTimeField(_("invitada el"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("aceptó el"), null=True, blank=True)
    # The row stays when she says no, leaves or is taken off: else she could be asked again without end.
    left_at = models.DateTimeField(_("dejó de estar el"), null=True, blank=True)
    has_declined = models.BooleanField(_("no quiere escribirlo"), default=False)

    class Meta:
        verbose_name = _("autoría de un aporte")
        verbose_name_plural = _("autorías de un aporte")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "user"], name="inspire_author_once"),
            models.CheckConstraint(
                name="inspire_who_left_does_not_write",
                condition=Q(left_at__isnull=True) | Q(accepted_at__isnull=True, is_named=False),
            ),
        ]
        indexes = [models.Index(fields=["invited_by", "invited_at"], name="inspire_invitations_of_day")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_accepted(self) -> bool:
        """Whether she writes, and was not only asked."""
        return self.accepted_at is not None

    @property
    def is_pending(self) -> bool:
        """Whether she was asked and has not answered."""
        return self.accepted_at is None and self.left_at is None


class ContributionComment(models.Model):
    """What a reviewer says about one part of a contribution, or with a blank section about all of it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(_("parte"), max_length=40, blank=True)
    text = models.TextField(_("comentario"), max_length=COMMENT_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién"),
    )
    at = models.DateTimeField(_("cuándo"), auto_now_add=True)
    # Authors read it once the reviewer has decided; until then it is her note.
    is_told = models.BooleanField(_("ya lo leen sus autores"), default=False)
    resolved_at = models.DateTimeField(_("resuelto el"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comentario de revisión")
        verbose_name_plural = _("comentarios de revisión")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="inspire_comment_says_something")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_resolved(self) -> bool:
        """Whether its authors say that it is done."""
        return self.resolved_at is not None


class ContributionFile(models.Model):
    """A picture or a document that goes with a contribution."""

    class Kind(models.TextChoices):
        """What becomes of it in the library."""

        PHOTO = "photo", _("foto")
        ATTACHMENT = "attachment", _("documento")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        StoredFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("archivo")
    )
    kind = models.CharField(_("qué es"), max_length=10, choices=Kind)
    alt = models.CharField(_("descripción para quien no la ve"), max_length=300, blank=True)
    caption = models.CharField(_("epígrafe"), max_length=300, blank=True)
    credit = models.CharField(_("autoría"), max_length=150, blank=True)
    licence = models.CharField(_("licencia"), max_length=200, blank=True)
    title = models.CharField(_("título"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("archivo de un aporte")
        verbose_name_plural = _("archivos de un aporte")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "file"], name="inspire_contribution_has_file_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="photo") & ~Q(alt="") | Q(kind="attachment") & ~Q(title=""),
                name="inspire_contribution_file_is_described",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.title

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture."""
        return self.kind == self.Kind.PHOTO


def accepted_authors(contribution: Contribution) -> "list[User]":
    """Return the people who write a contribution and can still sign in."""
    rows = contribution.authors.filter(accepted_at__isnull=False, user__is_active=True).select_related("user")
    return [row.user for row in rows]
