"""What was decided, who does it and until when; each step is kept, and whoever took it on is told."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages
from share.events.entries import event_entry_refresh
from share.models import Agreement, AgreementChange, Event, Minutes
from share.services import after_notices as notices
from share.services.minutes import minutes_begin

Status = Agreement.Status
MOST = 60
REMINDED_BEFORE = timedelta(days=7)


class AgreementConflict(Exception):
    """There are as many decisions as minutes hold; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Wording:
    """A decision as it is written.

    Args:
        responsible: who does it in the writer's words, where it is nobody with an account.
    """

    text: str
    responsible: str = ""
    responsible_user: User | None = None
    due_on: date | None = None


@transaction.atomic
def agreement_add(*, event: Event, wording: Wording, actor: User) -> Agreement:
    """Write a decision down, last in its minutes.

    Raises:
        AgreementConflict: the minutes are full.
    """
    minutes = Minutes.objects.select_for_update(no_key=True).get(
        pk=minutes_begin(event=event, actor=actor).pk
    )
    if minutes.agreements.count() >= MOST:
        raise AgreementConflict(_("Un acta lleva hasta %(most)d decisiones. Juntá algunas.") % {"most": MOST})
    last = minutes.agreements.aggregate(last=Max("order"))["last"]
    made = Agreement.objects.create(
        minutes=minutes, order=0 if last is None else last + 1, **_fields(wording)
    )
    AgreementChange.objects.create(agreement=made, status_to=made.status, by=actor)
    _published(minutes, [made], actor)
    return made


@transaction.atomic
def agreement_change(*, agreement: Agreement, wording: Wording, actor: User) -> Agreement:
    """Put a decision right; whoever takes it on now is told."""
    row = _locked(agreement)
    if all(getattr(row, name) == value for name, value in _fields(wording).items()):
        return row
    is_hers_now = row.responsible_user != wording.responsible_user
    AgreementChange.objects.create(
        agreement=row, status_from=row.status, status_to=row.status, text_before=row.text, by=actor
    )
    for name, value in _fields(wording).items():
        setattr(row, name, value)
    row.save(update_fields=list(_fields(wording)))
    _published(row.minutes, [row] if is_hers_now else [], actor)
    return row


@transaction.atomic
def agreement_set_status(*, agreement: Agreement, status: str, actor: User) -> Agreement:
    """Say what became of a decision; saying it twice says it once."""
    row = _locked(agreement)
    wanted = Status(status)
    if row.status == wanted:
        return row
    AgreementChange.objects.create(agreement=row, status_from=row.status, status_to=wanted, by=actor)
    row.status = wanted
    row.done_at = timezone.now() if wanted == Status.DONE else None
    row.save(update_fields=["status", "done_at"])
    if row.minutes.is_published:
        # Its words, which the search knows, are the same.
        forget_visitor_pages()
    return row


@transaction.atomic
def agreement_remove(*, agreement: Agreement, actor: User) -> None:
    """Take away a decision that is still in a draft; one that was published is dropped, so that its history stays."""
    row = _locked(agreement)
    if row.minutes.is_published:
        agreement_set_status(agreement=row, status=Status.DROPPED, actor=actor)
    else:
        row.delete()


def agreements_remind(*, today: date) -> int:
    """Tell people what they took on and is due within a week, each decision and day once; returns how many."""
    rows = Agreement.objects.announced().pending().due_between(today, today + REMINDED_BEFORE)
    there = rows.filter(notices.of_the_network("responsible_user__"))
    due = there.select_related("responsible_user", "minutes__event")
    return sum(notices.tell_due(row) for row in due.order_by("pk").iterator(chunk_size=500))


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related(
        "minutes__event", "responsible_user"
    )
    return rows.get(pk=agreement.pk)


def _fields(wording: Wording) -> dict[str, object]:
    # asdict() would copy the account.
    names = asdict(Wording(text="")).keys()
    return {name: getattr(wording, name) for name in names}


def _published(minutes: Minutes, named: list[Agreement], actor: User) -> None:
    """Let those know of it who read published minutes."""
    if not minutes.is_published:
        return
    event_entry_refresh(event_id=minutes.event_id)
    notices.tell_responsible(named, actor=actor)
