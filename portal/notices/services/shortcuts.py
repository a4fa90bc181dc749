"""Changing many preferences at once, and taking it back."""

from collections.abc import Callable, Mapping

from portal.accounts.models import User
from portal.notices.models import Notification
from portal.notices.services.preferences import Ways, preferences_of, preferences_save

MODE = Notification.EmailMode


def emails_gather(*, user: User) -> None:
    """Bring all that reaches a person by e-mail together into one digest a day."""
    _change(user, lambda ways, defaults: (ways[0], MODE.NEVER if ways[1] == MODE.NEVER else MODE.DAILY))


def emails_only_important(*, user: User) -> None:
    """Send a person by e-mail only what she must know; the portal goes on showing the rest."""
    _change(user, lambda ways, defaults: (ways[0], MODE.NEVER))


def preferences_reset(*, user: User) -> None:
    """Let every kind reach a person as it reaches those who chose nothing."""
    _change(user, lambda ways, defaults: defaults)


def email_modes_of(*, user: User) -> dict[str, str]:
    """Return when each kind that she may choose goes to a person by e-mail, by the kind's id."""
    return {kind.id: ways[1] for kind, ways in preferences_of(user=user) if kind.is_optional}


def email_modes_restore(*, user: User, modes: Mapping[str, str]) -> None:
    """Send kinds by e-mail again as they were sent before; those not named stay as they are."""
    known = {kind.id: ways for kind, ways in preferences_of(user=user)}
    wishes = {
        kind: (known[kind][0], mode) for kind, mode in modes.items() if kind in known and mode in MODE.values
    }
    preferences_save(user=user, wishes=wishes)


def _change(user: User, chosen: Callable[[Ways, Ways], Ways]) -> None:
    """Save what differs from before, asking `chosen` with what holds and what the kind's own default is."""
    wishes = {
        kind.id: wish
        for kind, ways in preferences_of(user=user)
        if kind.is_optional and (wish := chosen(ways, (kind.in_portal, kind.email))) != ways
    }
    preferences_save(user=user, wishes=wishes)
