"""Writing about people: memberships, the copy of a person's data, and its erasure."""

from portal.accounts.services.erasure import account_erase
from portal.accounts.services.export import account_archive, account_export
from portal.accounts.services.language_and_time import account_language_and_time_save, account_language_set
from portal.accounts.services.memberships import (
    MembershipConflict,
    membership_approve,
    membership_decline,
    membership_end,
    membership_make_coordinator,
    membership_request,
    membership_update,
    memberships_approve_by_email,
)

__all__ = [
    "MembershipConflict",
    "account_archive",
    "account_erase",
    "account_export",
    "account_language_and_time_save",
    "account_language_set",
    "membership_approve",
    "membership_decline",
    "membership_end",
    "membership_make_coordinator",
    "membership_request",
    "membership_update",
    "memberships_approve_by_email",
]
