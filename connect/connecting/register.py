"""What connections and introductions tell the kernel about themselves: notices, limits, reports and people's data."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from connect.connecting.people_who_asked import (
    may_report_request,
    names_of_those_who_asked,
    request_evidence,
    request_from_key,
)
from connect.personal.connections import erase_connections, export_connections, export_introductions
from connect.services.connection_notices import ACCEPTED, REQUESTED
from connect.services.connections import REQUESTS_A_DAY
from connect.services.introduction_notices import ASKED, MADE, OFFERED
from connect.services.introductions import INTRODUCTIONS_A_DAY
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety.acquaintances import Acquaintances, acquaintances
from portal.safety.limits import SendingLimit, sending_limits
from portal.safety.reportables import ReportableKind, reportable_kinds

NOTICE_KINDS = (
    NoticeKind(
        id=REQUESTED,
        function="connect",
        label=_("Alguien quiere conectarse con vos"),
        email="daily",
        order=40,
        reason=_("Porque otra persona de la red te pidió conectarse."),
    ),
    NoticeKind(
        id=ACCEPTED,
        function="connect",
        label=_("Alguien aceptó tu pedido de conexión"),
        email="daily",
        order=41,
        reason=_("Porque le habías pedido conectarse."),
    ),
    NoticeKind(
        id=OFFERED,
        function="connect",
        label=_("Te quieren presentar a alguien"),
        email="now",
        order=42,
        reason=_(
            "Porque alguien pensó que les conviene conocerse. Solo se conectan si las dos personas aceptan."
        ),
    ),
    NoticeKind(
        id=ASKED,
        function="connect",
        label=_("Te piden que presentes a dos personas"),
        email="daily",
        order=43,
        reason=_("Porque conocés a las dos, o sos del equipo de la red."),
    ),
    NoticeKind(
        id=MADE,
        function="connect",
        label=_("Una presentación salió bien"),
        email="daily",
        order=44,
        reason=_("Porque participaste en esa presentación."),
    ),
)
SENDING_LIMITS = (
    SendingLimit(
        id=REQUESTS_A_DAY,
        most=30,
        most_when_new=8,
        window=timedelta(days=1),
        message=_(
            "Por hoy ya pediste muchas conexiones. Mañana podés seguir; mientras tanto, mirá si alguien te respondió."
        ),
    ),
    SendingLimit(
        id=INTRODUCTIONS_A_DAY,
        most=10,
        most_when_new=3,
        window=timedelta(days=1),
        message=_("Por hoy ya pediste o hiciste muchas presentaciones. Mañana podés seguir."),
    ),
)


def register_connections() -> None:
    """Register everything; called once, by the app's hooks."""
    for kind in NOTICE_KINDS:
        notice_kinds.register(kind)
    for limit in SENDING_LIMITS:
        sending_limits.register(limit)
    acquaintances.register(Acquaintances(id="connect-requests", names=names_of_those_who_asked, order=10))
    reportable_kinds.register(
        ReportableKind(
            id="connection-request",
            label=_("Un pedido de conexión"),
            evidence=request_evidence,
            may_report=may_report_request,
            find=request_from_key,
            order=30,
        )
    )
    subject_accesses.register(
        SubjectAccess(
            id="connections", label=_("Tus conexiones y pedidos"), export=export_connections, order=40
        )
    )
    subject_accesses.register(
        SubjectAccess(
            id="introductions", label=_("Tus presentaciones"), export=export_introductions, order=41
        )
    )
    erasures.register(Erasure(id="connections", erase=erase_connections, order=40))
