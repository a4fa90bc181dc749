"""What messages tell the kernel about themselves: notices, limits, files, reports and the panel to ask."""

from django.utils.translation import gettext_lazy as _

from connect.messaging.files import MESSAGE_FILE, message_email_body
from connect.messaging.limits import MESSAGE_LIMITS
from connect.messaging.reporting import (
    hide_message,
    may_report_message,
    message_evidence,
    message_from_key,
)
from connect.panels import ask_panel
from connect.personal.messages import erase_messages, export_messages
from connect.services.message_notices import KIND
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.catalog.kinds import EntryPanel, entry_panels
from portal.files.uses import file_uses
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety.limits import sending_limits
from portal.safety.reportables import ReportableKind, reportable_kinds


def register_messages() -> None:
    """Register everything; called once, by the app's hooks."""
    notice_kinds.register(
        NoticeKind(
            id=KIND,
            function="connect",
            label=_("Te escribieron un mensaje"),
            email="now",
            order=30,
            reason=_("Porque participás en esa conversación y no la silenciaste."),
            email_body=message_email_body,
        )
    )
    for limit in MESSAGE_LIMITS:
        sending_limits.register(limit)
    file_uses.register(MESSAGE_FILE)
    entry_panels.register(
        EntryPanel(id="ask", template_name="connect/_ask_panel.html", context=ask_panel, order=5)
    )
    reportable_kinds.register(
        ReportableKind(
            id="message",
            label=_("Un mensaje"),
            evidence=message_evidence,
            may_report=may_report_message,
            hide=hide_message,
            find=message_from_key,
            order=20,
        )
    )
    subject_accesses.register(
        SubjectAccess(id="messages", label=_("Tus mensajes"), export=export_messages, order=42)
    )
    # Before the memberships and the account, which say whose correspondence it was.
    erasures.register(Erasure(id="messages", erase=erase_messages, order=42))
