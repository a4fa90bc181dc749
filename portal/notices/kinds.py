"""The kinds of notice that the portal sends, as each app declares them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from portal.core.registry import Registry

if TYPE_CHECKING:
    from portal.notices.models import Notification


@dataclass(frozen=True)
class CalendarPart:
    """What an e-mail tells its receiver's calendar (iTIP, RFC 5546).

    Args:
        text: a whole calendar with the event, in lines that end in CR LF.
        method: what the calendar does with it ("REQUEST" takes it in, "CANCEL" takes it out); `text` says the same.
        more: further ones, as files only: programs look at the first alone, people can open the rest.
    """

    text: str
    method: str
    more: "tuple[CalendarPart, ...]" = ()


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
        function: id of the portal's function that it belongs to, under whose name people find it; none for the rest.
        is_for_staff: whether only the network's team is ever told; others are not asked about it.
        email_body: returns what an e-mail of its own says below the sentence, as plain text in the current language,
            which is the receiver's; asked when the e-mail is sent. A digest has the sentence only.
        email_calendar: returns what an e-mail of its own tells the receiver's calendar, or nothing; asked when the
            e-mail is sent, in the receiver's language. A digest tells calendars nothing.
    """

    id: str
    label: str | Promise
    in_portal: bool = True
    email: str = "now"
    order: int = 0
    is_optional: bool = True
    function: str = ""
    is_for_staff: bool = False
    reason: str | Promise = ""
    email_body: "Callable[[Notification], str] | None" = None
    email_calendar: "Callable[[Notification], CalendarPart | None] | None" = None


notice_kinds: Registry[NoticeKind] = Registry("notice kinds")


def kind_label(kind_id: str) -> str:
    """Name a kind as people know it; its id where nobody sends it any more."""
    return str(notice_kinds.get(kind_id).label) if kind_id in notice_kinds else kind_id
