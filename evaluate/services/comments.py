"""What a team says about one question of its evaluation."""

from hashlib import blake2s
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_noop

from evaluate.engine.paths import template_path
from evaluate.models import Evaluation, ItemComment
from evaluate.services.definitions import definition_of
from portal.accounts.models import Membership, User
from portal.accounts.querysets import UserQuerySet
from portal.notices.services import notify
from portal.notices.texts import Text

COMMENTED_NOTICE = "evaluation-commented"
TITLE_LENGTH = 120


@transaction.atomic
def comment_add(*, evaluation: Evaluation, path: str, text: str, author: User) -> ItemComment:
    """Keep a comment and tell those who take part in its question. The caller holds the evaluation's row."""
    comment = ItemComment.objects.create(evaluation=evaluation, path=path, text=text, author=author)
    if not evaluation.is_personal:
        _tell(comment, evaluation)
    return comment


def comment_delete(*, comment: ItemComment) -> None:
    """Take a comment away, as only its author may."""
    comment.delete()


def _tell(comment: ItemComment, evaluation: Evaluation) -> None:
    """Tell each in one line, however many comments come before she looks. Notices name no person."""
    about = f"{evaluation.pk}:{blake2s(comment.path.encode(), digest_size=8).hexdigest()}"
    title = evaluation.version.title[:TITLE_LENGTH]
    address = reverse("evaluate:item-detail", args=[evaluation.public_id])
    notify(
        users=_taking_part(comment, evaluation),
        kind=COMMENTED_NOTICE,
        text=Text(gettext_noop("Hay un comentario nuevo sobre una pregunta de «%(title)s»."), title=title),
        grouped_text=Text.plural(
            "Hay %(number)s comentario nuevo sobre una pregunta de «%(title)s».",
            "Hay %(number)s comentarios nuevos sobre una pregunta de «%(title)s».",
            title=title,
        ),
        url=f"{address}?{urlencode({'pregunta': comment.path})}",
        fact=f"{about}:{comment.pk}",
        group=f"comments:{about}",
    )


def _taking_part(comment: ItemComment, evaluation: Evaluation) -> UserQuerySet:
    """Find who works there now and has the question's section, or said something about the question before."""
    commented = ItemComment.objects.filter(evaluation=evaluation, path=comment.path)
    there = Membership.objects.active().filter(municipality=evaluation.municipality_id)
    takes_part: Any = Q(pk__in=commented.values("author")) | Q(
        pk__in=evaluation.assignments.filter(section__in=_sections_of(evaluation, comment.path)).values(
            "person"
        )
    )
    return User.objects.filter(takes_part, pk__in=there.values("user")).exclude(pk=comment.author_id)


def _sections_of(evaluation: Evaluation, path: str) -> list[str]:
    top = template_path(path).split("/")[1:2]
    sections = definition_of(evaluation.version).sections
    return [section.key for section in sections if any([item.name] == top for item in section.items)]
