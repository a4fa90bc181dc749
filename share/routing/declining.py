"""The address at which somebody who was asked says that she would rather not."""

from django.core import signing
from django.urls import reverse

from share.models import RoutedQuestion

_SALT = "share.routed-decline"
_LASTS = 90 * 24 * 60 * 60


def decline_url(routed: RoutedQuestion) -> str:
    """Return the path; nobody can guess it, and it does one thing only."""
    return reverse("share:routed-decline", args=[signing.dumps(routed.pk, salt=_SALT)])


def routed_from(token: str) -> RoutedQuestion:
    """Return the row that an address speaks of.

    Raises:
        BadSignature: it is not ours, or too old.
        DoesNotExist: the question or the account is gone.
    """
    key = signing.loads(token, salt=_SALT, max_age=_LASTS)
    found: RoutedQuestion = RoutedQuestion.objects.select_related("thread").get(pk=key)
    return found
