"""How much one account may write to others."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.safety.limits import SendingLimit

A_MINUTE = SendingLimit(
    id="messages-a-minute",
    most=20,
    most_when_new=8,
    window=timedelta(minutes=1),
    message=_(
        "Mandaste muchos mensajes seguidos. Lo que escribiste sigue acá: esperá un minuto y volvé a enviarlo."
    ),
    order=20,
)
NEW_A_DAY = SendingLimit(
    id="conversations-a-day",
    most=30,
    most_when_new=6,
    window=timedelta(days=1),
    message=_(
        "Hoy ya empezaste muchas conversaciones. Lo que escribiste sigue acá: mañana podés mandarlo, y mientras tanto "
        "seguir las que ya empezaste."
    ),
    order=21,
)
JOINED_A_DAY = SendingLimit(
    id="people-added-a-day",
    most=60,
    most_when_new=12,
    window=timedelta(days=1),
    message=_("Hoy ya sumaste a muchas personas a grupos. Probá de nuevo mañana."),
    order=22,
)
MESSAGE_LIMITS = (A_MINUTE, NEW_A_DAY, JOINED_A_DAY)
