"""The kinds of notice that the portal sends, as each app declares them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.registry import Registry


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice, with what holds for people who chose nothing.

    Args:
        id: at most 60 characters of a slug.
        label: what it tells, as people read it in their preferences and as the subject of an e-mail.
        in_portal: whether it is shown in the portal by default.
        email: when it is sent by e-mail by default ("never", "now", "daily" or "weekly").
        reason: why a person gets it, in a sentence that begins with "Porque".
        order: place among the preferences.
        is_optional: whether people may turn it off; what they must know is not.
    """

    id: str
    label: str | Promise
    in_portal: bool = True
    email: str = "now"
    order: int = 0
    is_optional: bool = True
    reason: str | Promise = ""


notice_kinds: Registry[NoticeKind] = Registry("notice kinds")
