"""What people are told about contributions. Notices name no person: they outlive an erased account."""

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_noop as _

from inspire.models import Contribution, ContributionAuthor, accepted_authors
from inspire.querysets_contributions import REVIEW_PERMISSION
from portal.accounts.models import User
from portal.accounts.querysets import UserQuerySet
from portal.notices.services import notify
from portal.notices.texts import Text

SUBMITTED = "contribution-submitted"
DECIDED = "contribution-decided"
INVITED = "contribution-invited"


def tell_submitted(contribution: Contribution) -> list[int]:
    """Tell those who review that something waits."""
    return notify(
        users=reviewers(),
        kind=SUBMITTED,
        text=Text(_("Hay un aporte para revisar: «%(title)s»."), title=_short(contribution)),
        grouped_text=Text.plural("Hay un aporte para revisar.", "Hay %(number)s aportes para revisar."),
        group="contributions",
        url=reverse("inspire:review-detail", args=[contribution.public_id]),
        fact=f"contribution:{contribution.pk}:{contribution.steps.count()}",
    )


def tell_decided(contribution: Contribution) -> list[int]:
    """Tell its authors what was decided, and what they can do."""
    texts = {
        Contribution.Status.PUBLISHED: _("«%(title)s» ya está en la biblioteca. ¡Gracias por contarlo!"),
        Contribution.Status.CHANGES_ASKED: _(
            "Leímos «%(title)s» y te pedimos algunos cambios. Entrá para verlos."
        ),
        Contribution.Status.DECLINED: _("No vamos a publicar «%(title)s». Entrá para ver el motivo."),
    }
    return notify(
        users=accepted_authors(contribution),
        kind=DECIDED,
        text=Text(texts[Contribution.Status(contribution.status)], title=_short(contribution)),
        url=contribution.get_absolute_url(),
        fact=f"contribution:{contribution.pk}:{contribution.steps.count()}",
    )


def tell_invited(author: ContributionAuthor) -> list[int]:
    """Tell somebody that she is asked to write with others."""
    contribution = author.contribution
    return notify(
        users=author.user,
        kind=INVITED,
        text=Text(_("Te invitaron a escribir «%(title)s» en conjunto."), title=_short(contribution)),
        url=reverse("inspire:contribution-invitation", args=[contribution.public_id]),
        fact=f"contribution:{contribution.pk}:author:{author.pk}",
    )


def reviewers() -> UserQuerySet:
    """Return the staff who may review."""
    app_label, codename = REVIEW_PERMISSION.split(".")
    own = Q(user_permissions__codename=codename, user_permissions__content_type__app_label=app_label)
    of_group = Q(
        groups__permissions__codename=codename, groups__permissions__content_type__app_label=app_label
    )
    found: UserQuerySet = User.objects.staff().filter(Q(is_superuser=True) | own | of_group).distinct()
    return found


def _short(contribution: Contribution) -> str:
    return Truncator(str(contribution)).chars(120)
