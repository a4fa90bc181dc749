"""Putting a question to people who are likely to know: few at a time, and nobody is pressed."""

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.audit.services import audit_record
from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Post, RoutedQuestion, Thread
from share.permissions.moderation import can_moderate_threads, moderators
from share.routing.asking import NOTICE, kept_apart_now
from share.routing.candidates import candidates_for
from share.routing.reasons import TEAM, said_to_her_later
from share.routing.working_days import working_days_before
from share.services.moderation.telling import short_title

# So many people have a question before them at a time, and so many in all when some would rather not.
AT_A_TIME = 3
IN_ALL = 6
UNANSWERED = "questions-unanswered"
_AT_ONCE = 200
Status = RoutedQuestion.Status
_BEFORE_THEM = (Status.ASKED, Status.ANSWERED)


class RoutingRefused(Exception):
    """A question cannot be put to somebody; the message is for whoever of the team tried."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def thread_route(*, thread_id: int) -> list[RoutedQuestion]:
    """Put a new question to at most three people who are likely to know; once, however often it is called."""
    _take_turns()
    thread = Thread.objects.select_for_update(no_key=True).filter(pk=thread_id).first()
    if thread is None or thread.routed_at is not None or not _needs_people(thread):
        return []
    thread.routed_at = timezone.now()
    thread.save(update_fields=["routed_at"])
    return _ask_more(thread)


@transaction.atomic
def question_decline(*, routed: RoutedQuestion) -> bool:
    """Note that somebody would rather not, and ask the next one; returns whether it was still hers to say.

    Whoever asked the question is not told.
    """
    _take_turns()
    held = RoutedQuestion.objects.select_for_update().filter(pk=routed.pk).first()
    if held is None or held.status != Status.ASKED:
        return False
    _decide(held, Status.DECLINED)
    thread = Thread.objects.select_for_update(no_key=True).get(pk=held.thread_id)
    if _needs_people(thread):
        _ask_more(thread)
    return True


@transaction.atomic
def question_suggest(*, thread: Thread, person: User, actor: User) -> RoutedQuestion:
    """Put a question to somebody whom the team thinks of, even if she was asked lately.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        RoutingRefused: it cannot be put to her; the message says why.
    """
    can_moderate_threads(actor).require()
    _take_turns()
    threads = Thread.objects.select_related("author")
    held = threads.select_for_update(of=("self",), no_key=True).get(pk=thread.pk)
    refusal = suggestion_refusal(held, person)
    if refusal:
        raise RoutingRefused(refusal)
    routed = RoutedQuestion.objects.create(thread=held, user=person, reasons=[TEAM])
    if held.routed_at is None:
        held.routed_at = timezone.now()
        held.save(update_fields=["routed_at"])
    audit_record(action="thread.routed", target=held, after={"by_hand": True}, actor_id=actor.pk)
    _tell(routed)
    return routed


def suggestion_refusal(thread: Thread, person: User) -> str:
    """Return why a question cannot be put to somebody by hand; empty where it can."""
    if not thread.is_question or thread.is_closed or thread.hidden_at is not None:
        return _("Solo se acerca una pregunta abierta y a la vista.")
    if person.pk == thread.author_id:
        return _("La pregunta es suya.")
    if not person.is_active or person.erased_at or not _works(person):
        return _("Hoy no trabaja en ningún municipio de la red, o no puede ingresar.")
    if thread.author is not None and person.is_sample != thread.author.is_sample:
        return _("Una de las dos cuentas es de muestra.")
    # Nobody is told of a block: it is said as of anybody who cannot be asked.
    if thread.author is not None and person.pk in kept_apart_now(thread.author):
        return _("A esta persona no se le puede acercar esta pregunta.")
    asked = RoutedQuestion.objects.filter(thread=thread)
    if asked.filter(user=person).exists():
        return _("Ya se la acercamos.")
    if asked.filter(status__in=_BEFORE_THEM).count() >= AT_A_TIME:
        return _("Ya la tienen tres personas: esperemos a que alguna responda o prefiera que no.")
    return ""


def question_note_answer(*, post_id: int) -> int:
    """Note that somebody who was asked has answered; returns how many rows that were."""
    post = Post.objects.filter(pk=post_id, number__gt=1, status=Post.Status.VISIBLE).first()
    if post is None or post.author_id is None:
        return 0
    hers = RoutedQuestion.objects.filter(thread_id=post.thread_id, user_id=post.author_id)
    # Who had said that she would rather not, and answered after all, has answered.
    waiting = hers.filter(status__in=[Status.ASKED, Status.ENDED, Status.DECLINED])
    return waiting.update(status=Status.ANSWERED, decided_at=timezone.now())


@transaction.atomic
def questions_escalate() -> int:
    """Tell the network's team of questions that nobody answered for some working days, each once.

    Returns:
        how many questions it was told of.
    """
    limit = working_days_before(timezone.now(), settings.SHARE_UNANSWERED_WORKING_DAYS)
    waiting = Thread.objects.unanswered().filter(
        created_at__lte=limit, escalated_at__isnull=True, is_sample=False
    )
    # Whoever escalates at the same time takes the next ones.
    held = list(
        waiting.order_by("-created_at", "-id").select_for_update(skip_locked=True, no_key=True)[:_AT_ONCE]
    )
    if not held:
        return 0
    Thread.objects.filter(pk__in=[thread.pk for thread in held]).update(escalated_at=timezone.now())
    team = list(moderators())
    for thread in held:
        notify(
            users=team,
            kind=UNANSWERED,
            text=Text(
                gettext_noop("Nadie respondió todavía «%(title)s». ¿A quién se la podemos acercar?"),
                title=short_title(thread),
            ),
            url=thread.get_absolute_url(),
            fact=f"thread:{thread.pk}:unanswered",
            group="questions-unanswered",
            grouped_text=Text.plural(
                "Hay %(number)s pregunta sin respuesta desde hace días.",
                "Hay %(number)s preguntas sin respuesta desde hace días.",
            ),
        )
    return len(held)


def _works(person: User) -> bool:
    return Membership.objects.active().filter(user=person).exists()


def _needs_people(thread: Thread) -> bool:
    is_open = thread.hidden_at is None and thread.closed_at is None
    return thread.is_question and is_open and thread.answers == 0


def _ask_more(thread: Thread) -> list[RoutedQuestion]:
    """Ask as many as may have the question before them, beside those who have it already."""
    asked = list(RoutedQuestion.objects.filter(thread=thread).values_list("status", flat=True))
    before_them = sum(status in _BEFORE_THEM for status in asked)
    wanted = min(AT_A_TIME - before_them, IN_ALL - len(asked))
    if wanted <= 0:
        return []
    chosen = candidates_for(thread, limit=wanted)
    made = RoutedQuestion.objects.bulk_create(
        RoutedQuestion(thread=thread, user_id=one.user_id, reasons=list(one.codes)) for one in chosen
    )
    people = User.objects.in_bulk([one.user_id for one in chosen])
    for routed in made:
        routed.user = people[routed.user_id]
        _tell(routed)
    return made


def _tell(routed: RoutedQuestion) -> None:
    thread = routed.thread
    notify(
        users=routed.user,
        kind=NOTICE,
        text=Text(
            gettext_noop("Quizás podés dar una mano con esta pregunta: «%(title)s»"),
            title=short_title(thread),
        ),
        url=thread.get_absolute_url(),
        fact=f"routed:{routed.pk}",
        reason=said_to_her_later(tuple(routed.reasons)),
        naming=[thread.author] if thread.author is not None else (),
    )


def _decide(routed: RoutedQuestion, status: str) -> None:
    routed.status, routed.decided_at = status, timezone.now()
    routed.save(update_fields=["status", "decided_at"])


def _take_turns() -> None:
    """Have those who put questions to people wait for each other, so that nobody gets two at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('share.routing'))")
