"""What the audit trail tells the kernel about itself, and what it listens to."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import PersonalModel, SubjectAccess, personal_models, subject_accesses
from portal.audit.personal import export_trail
from portal.audit.services import Target, audit_pseudonym, audit_record
from portal.core import events

personal_models.register(
    PersonalModel(
        id="audit.AuditEvent",
        label=_("Registro de lo que hacés en el portal"),
        fields=("actor_id", "address"),
        reason=_("Saber quién hizo cada cosa y notar si alguien usa una cuenta ajena."),
        until=_("Se conserva; cuando borrás tu cuenta queda solo un número, sin tu nombre ni tu correo."),
        order=80,
    )
)
subject_accesses.register(SubjectAccess(id="audit", label=_("Lo que hiciste"), export=export_trail, order=80))


@receiver(events.membership_requested, dispatch_uid="audit.membership_requested")
def record_membership_request(membership_id: int, **kwargs: Any) -> None:
    """Somebody asked to belong to a municipality."""
    target = Target("accounts.membership", str(membership_id))
    audit_record(action="membership.requested", target=target, after={"status": "requested"})


@receiver(events.membership_decided, dispatch_uid="audit.membership_decided")
def record_membership_decision(
    membership_id: int, status: str, actor_id: int | None = None, **kwargs: Any
) -> None:
    """Somebody let a person in, or did not."""
    audit_record(
        action="membership.decided",
        target=Target("accounts.membership", str(membership_id)),
        before={"status": "requested"},
        # Nobody decides where a confirmed address at the municipality's own domain is enough.
        after={"status": status, "automatic": actor_id is None},
        actor_id=actor_id,
    )


@receiver(events.membership_ended, dispatch_uid="audit.membership_ended")
def record_membership_end(membership_id: int, actor_id: int | None = None, **kwargs: Any) -> None:
    """A person no longer works in a municipality."""
    target = Target("accounts.membership", str(membership_id))
    audit_record(
        action="membership.ended",
        target=target,
        before={"status": "active"},
        after={"status": "left"},
        actor_id=actor_id,
    )


@receiver(events.account_erased, dispatch_uid="audit.account_erased")
def record_erasure(user_id: int, actor_id: int | None = None, **kwargs: Any) -> None:
    """A person's data were erased."""
    target = Target("accounts.user", str(user_id))
    audit_record(action="account.erased", target=target, actor_id=actor_id)


@receiver(events.solution_published, dispatch_uid="audit.solution_published")
def record_publication(solution_id: int, **kwargs: Any) -> None:
    """A solution can be read by everybody."""
    audit_record(action="solution.published", target=Target("inspire.solution", str(solution_id)))


@receiver(events.contribution_decided, dispatch_uid="audit.contribution_decided")
def record_contribution_decision(
    contribution_id: int, status: str, actor_id: int | None = None, **kwargs: Any
) -> None:
    """Staff decided what becomes of somebody's contribution to the library."""
    audit_record(
        action="contribution.decided",
        target=Target("inspire.contribution", str(contribution_id)),
        before={"status": "submitted"},
        after={"status": status},
        actor_id=actor_id,
    )


@receiver(events.evaluation_submitted, dispatch_uid="audit.evaluation_submitted")
def record_submission(evaluation_id: int, actor_id: int | None = None, **kwargs: Any) -> None:
    """A municipality's answers were handed in."""
    target = Target("evaluate.evaluation", str(evaluation_id))
    audit_record(action="evaluation.submitted", target=target, actor_id=actor_id)


@receiver(user_logged_in, dispatch_uid="audit.signed_in")
def record_sign_in(user: Any, **kwargs: Any) -> None:
    """A person signed in."""
    audit_record(action="account.signed-in", target=user, actor_id=user.pk)


@receiver(user_logged_out, dispatch_uid="audit.signed_out")
def record_sign_out(user: Any, **kwargs: Any) -> None:
    """A person signed out; a session that had nobody leaves no record."""
    if user is not None:
        audit_record(action="account.signed-out", target=user, actor_id=user.pk)


@receiver(user_login_failed, dispatch_uid="audit.sign_in_failed")
def record_failed_sign_in(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Somebody gave a wrong address or password; neither is kept."""
    given = str(credentials.get("email") or credentials.get("username") or "")
    audit_record(action="account.sign-in-failed", target=Target("address", audit_pseudonym(given)))


def _record_own_change(action: str, signal: Signal) -> None:
    """Record a change that a person makes to her own means of signing in."""

    def record(user: Any, **kwargs: Any) -> None:
        audit_record(action=action, target=user, actor_id=user.pk)

    signal.connect(record, weak=False, dispatch_uid=f"audit.{action}")


_record_own_change("account.password-changed", password_changed)
_record_own_change("account.password-set", password_set)
_record_own_change("account.password-reset", password_reset)
_record_own_change("account.second-factor-added", authenticator_added)
_record_own_change("account.second-factor-removed", authenticator_removed)
_record_own_change("account.second-factor-failed", authentication_failed)
