"""Who keeps conversations in order."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from share.models import Thread

MODERATE = "share.moderate_threads"


def can_moderate_threads(user: Any) -> Decision:
    """Conversations are kept in order by those of the network's team who were given that task."""
    if user.is_authenticated and user.is_active and user.is_staff and user.has_perm(MODERATE):
        return ALLOWED
    return denied(_("Esto lo hace el equipo de la red que cuida las conversaciones."))


def can_read_routing(user: Any, thread: Thread) -> Decision:
    """Whom a question was put to is known to whoever asked it, and to those who look after conversations."""
    if user.is_authenticated and user.pk == thread.author_id:
        return ALLOWED
    return can_moderate_threads(user)


def moderators() -> QuerySet[User]:
    """Return those who keep conversations in order."""
    app, _dot, codename = MODERATE.partition(".")
    given = {"content_type__app_label": app, "codename": codename}
    by_group = {f"groups__permissions__{key}": value for key, value in given.items()}
    by_hand = {f"user_permissions__{key}": value for key, value in given.items()}
    return (
        User.objects.filter(is_staff=True, is_active=True)
        .filter(Q(is_superuser=True) | Q(**by_group) | Q(**by_hand))
        .distinct()
    )
