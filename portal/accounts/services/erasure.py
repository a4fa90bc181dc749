"""Erasing a person from the portal (right of erasure, Ley 25.326, article 16)."""

from django.db import transaction

from portal.accounts.models import User
from portal.accounts.personal_data import erasures
from portal.core.events import account_erased, announce
from portal.core.visitor_cache import forget_visitor_pages


@transaction.atomic
def account_erase(*, user: User, actor: User) -> User:
    """Remove or anonymise everything that identifies a person; her account can never be used again.

    What she made for others stays, under a name that says where she worked last. All apps' erasures succeed
    together or nothing is erased. An account that is erased already stays as it is.
    """
    account = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if account.erased_at:
        return account
    actor_id = actor.pk
    for erasure in erasures:
        erasure.erase(account)
    # Pages that were kept for visitors may still show her.
    forget_visitor_pages()
    announce(account_erased, user_id=account.pk, actor_id=actor_id)
    return account
