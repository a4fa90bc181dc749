"""What reading conversations tells the kernel about itself: the catalogue, panels, notices, and what it listens to."""

from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.catalog.kinds import EntryPanel, entry_kinds, entry_panels
from portal.catalog.ways import TopicWay, topic_ways
from portal.core.events import answer_accepted, post_created, thread_created
from portal.core.home_cards import HomeCard, home_cards
from portal.core.starter import SampleContent, SampleGenerator, sample_contents, sample_generators
from portal.notices.kinds import NoticeKind, notice_kinds
from share.models import Post, ThreadChange
from share.personal.reading import erase_reading, export_reading
from share.samples.generating_threads import DEFAULT_COUNT, threads_generate, threads_remove_generated
from share.samples.threads import threads_create, threads_remove
from share.services import thread_notices
from share.services.reading import thread_take_part
from share.threads.email_body import post_email_body
from share.threads.entries import thread_kind
from share.threads.panel import discussion_panel, questions_by_topic, threads_card

_FOLLOWS = _("Porque seguís esa conversación.")
_WROTE = _("Porque lo escribiste vos.")

NOTICES = (
    NoticeKind(
        id=thread_notices.MENTIONED,
        function="share",
        label=_("Te mencionaron en una conversación"),
        email="now",
        order=40,
        reason=_("Porque alguien te nombró en esa conversación."),
        email_body=post_email_body,
    ),
    NoticeKind(
        id=thread_notices.COMMENTED,
        function="share",
        label=_("Comentaron una respuesta tuya"),
        email="now",
        order=41,
        reason=_WROTE,
        email_body=post_email_body,
    ),
    NoticeKind(
        id=thread_notices.ANSWERED,
        function="share",
        label=_("Escribieron en una conversación que seguís"),
        email="now",
        order=42,
        reason=_FOLLOWS,
        email_body=post_email_body,
    ),
    NoticeKind(
        id=thread_notices.ACCEPTED,
        function="share",
        label=_("Aceptaron una respuesta tuya"),
        email="now",
        order=43,
        reason=_WROTE,
    ),
    NoticeKind(
        id=thread_notices.OUTCOME,
        function="share",
        label=_("Contaron en qué quedó una conversación que seguís"),
        email="daily",
        order=44,
        reason=_FOLLOWS,
    ),
    NoticeKind(
        id=thread_notices.THANKED,
        function="share",
        label=_("Te agradecieron algo que escribiste"),
        email="never",
        order=45,
        reason=_WROTE,
    ),
    NoticeKind(
        id=thread_notices.ASKED,
        function="share",
        label=_("Preguntas nuevas en tus áreas"),
        email="weekly",
        order=46,
        reason=_("Porque trabajás en una de las áreas de esa pregunta."),
    ),
)


def register_reading() -> None:
    """Register everything; called once, by the app's hooks."""
    entry_kinds.register(thread_kind)
    entry_panels.register(
        EntryPanel(
            id="discussion", template_name="share/_discussion_panel.html", context=discussion_panel, order=4
        )
    )
    topic_ways.register(TopicWay("questions", questions_by_topic, order=20))
    home_cards.register(
        HomeCard("threads", _("Conversaciones"), "share/_threads_home_card.html", threads_card, order=22)
    )
    for kind in NOTICES:
        notice_kinds.register(kind)
    subject_accesses.register(
        SubjectAccess(
            id="thread-reading",
            label=_("Conversaciones que leíste y que seguís"),
            export=export_reading,
            order=64,
        )
    )
    erasures.register(Erasure(id="thread-reading", erase=erase_reading, order=64))
    sample_contents.register(
        SampleContent(
            id="threads",
            label=_("Conversaciones de muestra en Intercambiar"),
            create=threads_create,
            remove=threads_remove,
            order=61,
        )
    )
    sample_generators.register(
        SampleGenerator(
            id="posts",
            label=_("Mensajes de ejemplo en conversaciones"),
            generate=threads_generate,
            remove=threads_remove_generated,
            default=DEFAULT_COUNT,
            order=61,
        )
    )
    thread_created.connect(_on_thread_created, dispatch_uid="share.thread_created")
    post_created.connect(_on_post_created, dispatch_uid="share.post_created")
    answer_accepted.connect(_on_answer_accepted, dispatch_uid="share.answer_accepted")
    post_save.connect(_on_change, sender=ThreadChange, dispatch_uid="share.outcome_told")


def _on_thread_created(thread_id: int, **kwargs: Any) -> None:
    """Let whoever asks follow her question, and tell those whom she mentions."""
    opening = Post.objects.filter(thread_id=thread_id, number=1).first()
    if opening is None:
        return
    _take_part(opening)
    thread_notices.post_tell(post_id=opening.pk)


def _on_post_created(post_id: int, **kwargs: Any) -> None:
    """Let whoever writes follow the conversation; of the post a worker tells (`post_telling`)."""
    post = Post.objects.filter(pk=post_id).first()
    if post is not None:
        _take_part(post)


def _on_answer_accepted(post_id: int, **kwargs: Any) -> None:
    """Tell whoever answered."""
    thread_notices.acceptance_tell(post_id=post_id)


def _on_change(instance: ThreadChange, created: bool, **kwargs: Any) -> None:
    """Tell those who follow a conversation what came of it."""
    if created and instance.kind == ThreadChange.Kind.OUTCOME:
        thread_notices.outcome_tell_readers(thread_id=instance.thread_id, by_id=instance.by_id)


def _take_part(post: Post) -> None:
    if post.author_id is not None:
        thread_take_part(thread_id=post.thread_id, user_id=post.author_id, number=post.number)
