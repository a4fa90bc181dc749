"""How much one account may write in conversations."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.safety.limits import SendingLimit

POSTS_A_MINUTE = SendingLimit(
    id="posts-a-minute",
    most=10,
    most_when_new=4,
    window=timedelta(minutes=1),
    message=_(
        "Escribiste mucho en un minuto. Lo que escribiste sigue acá: esperá un minuto y volvé a enviarlo."
    ),
    order=30,
)
POSTS_A_DAY = SendingLimit(
    id="posts-a-day",
    most=200,
    most_when_new=30,
    window=timedelta(days=1),
    message=_("Hoy ya escribiste mucho. Lo que escribiste sigue acá: copialo, y mañana podés enviarlo."),
    order=31,
)
THREADS_A_DAY = SendingLimit(
    id="threads-a-day",
    most=15,
    most_when_new=3,
    window=timedelta(days=1),
    message=_(
        "Hoy ya empezaste varias conversaciones. Lo que escribiste sigue acá: mañana podés publicarlo, y mientras "
        "tanto podés responder en las que hay."
    ),
    order=32,
)
EDITS_AN_HOUR = SendingLimit(
    id="post-edits-an-hour",
    most=60,
    most_when_new=30,
    window=timedelta(hours=1),
    message=_(
        "Hiciste muchos cambios en una hora. Lo que escribiste sigue acá: esperá un rato y volvé a guardarlo."
    ),
    order=33,
)
MENTIONS_A_DAY = SendingLimit(
    id="mentions-a-day",
    most=60,
    most_when_new=10,
    window=timedelta(days=1),
    message=_("Hoy ya mencionaste a muchas personas. Enviá el mensaje sin menciones, o mencioná mañana."),
    order=34,
)
WRITING_LIMITS = (POSTS_A_MINUTE, POSTS_A_DAY, THREADS_A_DAY, EDITS_AN_HOUR, MENTIONS_A_DAY)
