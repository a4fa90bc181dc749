"""What looking after conversations tells the kernel: notices, what can be reported, what a town passes on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.handovers import handovers
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.core.events import (
    answer_accepted,
    membership_ended,
    people_blocked,
    post_created,
    thread_created,
)
from portal.core.jobs import queue_now
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety.reportables import ReportableKind, reportable_kinds
from share.models import Post
from share.moderation import reporting
from share.moderation.handover import QUESTIONS
from share.personal.conversations import (
    erase_conversations,
    export_care,
    export_conversations,
    export_posts,
)
from share.routing.asking import NOTICE
from share.routing.notices import question_email_body
from share.services.moderation.telling import HELD, MODERATED
from share.services.routed_ends import question_end, questions_end_between, questions_end_of_member
from share.services.routing import UNANSWERED, question_note_answer

NOTICES = (
    NoticeKind(
        id=NOTICE,
        function="share",
        label=_("Una pregunta para vos"),
        email="now",
        order=43,
        reason=_("Porque quizás sabés de esto."),
        email_body=question_email_body,
    ),
    NoticeKind(
        id=MODERATED,
        function="share",
        label=_("El equipo hizo algo con lo que escribiste"),
        email="now",
        order=48,
        is_optional=False,
        reason=_("Porque lo escribiste vos."),
    ),
    NoticeKind(
        id=HELD,
        function="share",
        label=_("Hay mensajes que esperan que los mires"),
        email="now",
        order=94,
        is_for_staff=True,
        reason=_("Porque sos parte del equipo que cuida las conversaciones."),
    ),
    NoticeKind(
        id=UNANSWERED,
        function="share",
        label=_("Hay preguntas sin respuesta"),
        email="daily",
        order=95,
        is_for_staff=True,
        reason=_("Porque sos parte del equipo que cuida las conversaciones."),
    ),
)
REPORTABLES = (
    ReportableKind(
        id="thread",
        label=_("Una conversación"),
        evidence=reporting.thread_evidence,
        may_report=reporting.may_report_thread,
        hide=reporting.hide_reported_thread,
        url=reporting.thread_url,
        order=22,
    ),
    ReportableKind(
        id="post",
        label=_("Un mensaje de una conversación"),
        evidence=reporting.post_evidence,
        may_report=reporting.may_report_post,
        hide=reporting.hide_reported_post,
        url=reporting.post_url,
        order=23,
    ),
    ReportableKind(
        id="event",
        label=_("Un encuentro"),
        evidence=reporting.event_evidence,
        may_report=reporting.may_report_event,
        hide=reporting.hide_reported_event,
        url=reporting.event_url,
        order=24,
    ),
)


def register_moderation() -> None:
    """Register everything; called once, by the app's hooks."""
    for notice in NOTICES:
        notice_kinds.register(notice)
    for reportable in REPORTABLES:
        reportable_kinds.register(reportable)
    handovers.register(QUESTIONS)
    _register_personal_data()
    thread_created.connect(_route, dispatch_uid="share.route_thread", weak=False)
    post_created.connect(_note_answer, dispatch_uid="share.note_routed_answer", weak=False)
    answer_accepted.connect(_end_of_answered, dispatch_uid="share.end_routed_questions", weak=False)
    people_blocked.connect(_end_between, dispatch_uid="share.end_questions_between", weak=False)
    membership_ended.connect(_end_of_member, dispatch_uid="share.end_questions_of_member", weak=False)


def _register_personal_data() -> None:
    parts = (
        ("conversations-begun", _("Conversaciones que empezaste"), export_conversations),
        ("posts", _("Lo que escribiste en conversaciones"), export_posts),
        ("conversations-care", _("Preguntas que te acercamos y cambios que hiciste"), export_care),
    )
    for part, label, export in parts:
        subject_accesses.register(SubjectAccess(id=part, label=label, export=export, order=57))
    # After the files and the earlier versions, which are hers alone.
    erasures.register(Erasure(id="conversations", erase=erase_conversations, order=63))


def _route(thread_id: int, **kwargs: Any) -> None:
    """Put a new question to people; told after the commit, and left to the sweep where the queue is away."""
    queue_now("share.tasks.routing.route_thread", thread_id)


def _note_answer(post_id: int, **kwargs: Any) -> None:
    """Note that somebody who was asked has answered."""
    question_note_answer(post_id=post_id)


def _end_of_answered(post_id: int, **kwargs: Any) -> None:
    """Let the others be once a question has an answer that helped."""
    thread_id = Post.objects.filter(pk=post_id).values_list("thread_id", flat=True).first()
    if thread_id is not None:
        question_end(thread_id=thread_id)


def _end_between(blocker_id: int, blocked_id: int, **kwargs: Any) -> None:
    """Keep the questions of two people from each other."""
    questions_end_between(one_id=blocker_id, other_id=blocked_id)


def _end_of_member(membership_id: int, **kwargs: Any) -> None:
    """Ask nothing more of whoever works in no municipality any more."""
    questions_end_of_member(membership_id=membership_id)
