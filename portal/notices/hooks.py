"""What notices tell the kernel about themselves, and what they listen to."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.core.events import (
    membership_decided,
    membership_requested,
    people_blocked,
    time_zone_changed,
)
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.personal import (
    erase_notices,
    export_announcements,
    export_notices,
    export_preferences,
    export_settings,
)
from portal.notices.services import announcing, emails_drop_between, memberships, waiting_reschedule

notice_kinds.register(
    NoticeKind(
        id=memberships.REQUESTED,
        label=_("Alguien pidió sumarse a tu municipio"),
        reason=_("Porque coordinás un municipio y alguien pidió sumarse."),
        order=10,
    )
)
notice_kinds.register(
    NoticeKind(
        id=memberships.DECIDED,
        label=_("Respuesta a tu pedido de sumarte a un municipio"),
        reason=_("Porque pediste sumarte a un municipio y ya hay respuesta."),
        order=20,
        is_optional=False,
    )
)
notice_kinds.register(
    NoticeKind(
        id=announcing.ANNOUNCED,
        label=_("Anuncios del equipo de la red"),
        reason=_("Porque tenés una cuenta y el equipo de la red quiso que te enteraras."),
        email="daily",
        order=900,
    )
)

personal_models.register(
    PersonalModel(
        id="notices.Notification",
        label=_("Avisos que recibís"),
        fields=("user", "text", "alone_text", "reason", "named", "read_at", "emailed_at"),
        reason=_("Contarte lo que pasa con lo que hacés en el portal."),
        until=_("Hasta un año después de leídos, o hasta que borrás tu cuenta."),
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
personal_models.register(
    PersonalModel(
        id="notices.NoticeSettings",
        label=_("Cuándo querés recibir correos"),
        fields=("user", "quiet_from", "quiet_until", "digest_weekday"),
        reason=_("Mandarte los correos a las horas que elegiste."),
        until=_("Hasta que borrás tu cuenta."),
        order=72,
    )
)
personal_models.register(
    PersonalModel(
        id="notices.Announcement",
        label=_("Anuncios que escribís para la red"),
        fields=("created_by",),
        reason=_("Saber quién del equipo de la red escribió cada anuncio."),
        until=_("El anuncio queda; tu nombre, hasta que borrás tu cuenta."),
        order=73,
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
subject_accesses.register(
    SubjectAccess(
        id="notice-settings",
        label=_("Cuándo querés recibir correos"),
        export=export_settings,
        order=72,
    )
)
subject_accesses.register(
    SubjectAccess(
        id="announcements",
        label=_("Anuncios que escribiste para la red"),
        export=export_announcements,
        order=73,
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


@receiver(time_zone_changed, dispatch_uid="notices.time_zone_changed")
def on_time_zone_changed(user_id: int, **kwargs: Any) -> None:
    """Bring what waits to the person's new morning."""
    waiting_reschedule(user=User.objects.get(pk=user_id))


@receiver(people_blocked, dispatch_uid="notices.people_blocked")
def on_people_blocked(blocker_id: int, blocked_id: int, **kwargs: Any) -> None:
    """Keep what waits from carrying one's name to the other."""
    emails_drop_between(one_id=blocker_id, other_id=blocked_id)
