"""What notices tell the kernel about themselves, and what they listen to."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.core.events import membership_decided, membership_requested
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.personal import erase_notices, export_notices, export_preferences
from portal.notices.services import memberships

notice_kinds.register(
    NoticeKind(
        id=memberships.REQUESTED,
        label=_("Alguien pidió sumarse a tu municipio"),
        order=10,
    )
)
notice_kinds.register(
    NoticeKind(
        id=memberships.DECIDED,
        label=_("Respuesta a tu pedido de sumarte a un municipio"),
        order=20,
        is_optional=False,
    )
)

personal_models.register(
    PersonalModel(
        id="notices.Notification",
        label=_("Avisos que recibís"),
        fields=("user", "text", "read_at", "emailed_at"),
        reason=_("Contarte lo que pasa con lo que hacés en el portal."),
        until=_("Hasta que borrás tu cuenta."),
        order=70,
    )
)
personal_models.register(
    PersonalModel(
        id="notices.NoticePreference",
        label=_("Cómo querés recibir los avisos"),
        fields=("user", "in_portal", "email"),
        reason=_("Avisarte solo de lo que querés y por donde querés."),
        until=_("Hasta que borrás tu cuenta."),
        order=71,
    )
)
subject_accesses.register(
    SubjectAccess(id="notices", label=_("Avisos que recibiste"), export=export_notices, order=70)
)
subject_accesses.register(
    SubjectAccess(
        id="notice-preferences",
        label=_("Cómo querés recibir los avisos"),
        export=export_preferences,
        order=71,
    )
)
erasures.register(Erasure(id="notices", erase=erase_notices, order=70))


@receiver(membership_requested, dispatch_uid="notices.membership_requested")
def on_membership_requested(membership_id: int, **kwargs: Any) -> None:
    """Tell those who decide."""
    memberships.tell_membership_requested(membership_id=membership_id)


@receiver(membership_decided, dispatch_uid="notices.membership_decided")
def on_membership_decided(membership_id: int, status: str, **kwargs: Any) -> None:
    """Tell the person."""
    memberships.tell_membership_decided(membership_id=membership_id, status=status)
