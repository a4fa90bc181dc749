"""Questions asked of connections and introductions."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.safety.blocks import kept_apart_from

# So long after asking somebody one may ask her again. A refusal looks like silence, so silence ends on the same day.
ASK_AGAIN_AFTER = timedelta(days=90)
# An offer that nobody took up in this time did not prosper.
OFFER_LASTS = timedelta(days=60)


class ConnectionQuerySet(models.QuerySet):
    """Connections and requests to connect."""

    def of(self, user_id: int) -> Self:
        """Only those that a person takes part in."""
        return self.filter(Q(requester_id=user_id) | Q(recipient_id=user_id))

    def between(self, one_id: int, other_id: int) -> Self:
        """Only those of two people, whoever asked."""
        return self.filter(
            Q(requester_id=one_id, recipient_id=other_id) | Q(requester_id=other_id, recipient_id=one_id)
        )

    def accepted(self) -> Self:
        """Only people who know each other now."""
        return self.filter(status="accepted")

    def open(self) -> Self:
        """Only those that wait for an answer or were accepted."""
        return self.filter(status__in=["requested", "accepted"])

    def recently_asked(self) -> Self:
        """Only those asked so lately that one does not ask again."""
        return self.filter(created_at__gt=timezone.now() - ASK_AGAIN_AFTER)

    def received_by(self, user: Any) -> Self:
        """Requests that wait for this person's answer, of people who are there for her."""
        rows = self.filter(recipient_id=user.pk, status="requested")
        return rows.exclude(requester_id__in=kept_apart_from(user)).filter(is_there("requester"))

    def sent_by(self, user: Any) -> Self:
        """What this person asked lately and has no "yes" to; what was declined looks like what nobody answered."""
        rows = self.filter(requester_id=user.pk, status__in=["requested", "declined"]).recently_asked()
        return rows.exclude(recipient_id__in=kept_apart_from(user)).filter(is_there("recipient"))

    def visible_to(self, user: Any) -> Self:
        """Those that a person may act on; the twin of `connect.permissions.messages.can_see_connection`."""
        if not user.is_authenticated:
            return self.none()
        apart = kept_apart_from(user)
        rows = self.of(user.pk).filter(is_there("requester"), is_there("recipient"))
        return rows.exclude(Q(requester_id__in=apart) | Q(recipient_id__in=apart))


class IntroductionQuerySet(models.QuerySet):
    """Introductions of two people to each other."""

    def between(self, one_id: int, other_id: int) -> Self:
        """Only those of two people, whoever introduces them."""
        return self.filter(Q(first_id=one_id, second_id=other_id) | Q(first_id=other_id, second_id=one_id))

    def naming(self, user_id: int) -> Self:
        """Only those in which a person has any part."""
        parts = ("first_id", "second_id", "introducer_id", "asked_by_id")
        found = Q()
        for part in parts:
            found |= Q(**{part: user_id})
        return self.filter(found)

    def open(self) -> Self:
        """Only those that may still come about."""
        return self.filter(status__in=["asked", "offered"])

    def of_team(self) -> Self:
        """Only those asked of the network's team that nobody has taken up."""
        return self.filter(status="asked", introducer__isnull=True)

    def not_lapsed(self) -> Self:
        """Only those that have not waited for too long."""
        return self.filter(created_at__gt=timezone.now() - OFFER_LASTS)

    def asked_of(self, user: Any) -> Self:
        """Those that somebody asked this person to make, of people who are there for her."""
        return self._there_for(user).filter(introducer_id=user.pk, status="asked").not_lapsed()

    def offered_to(self, user: Any) -> Self:
        """Those that wait for this person's own answer."""
        waiting = Q(first_id=user.pk, first_accepted_at__isnull=True) | Q(
            second_id=user.pk, second_accepted_at__isnull=True
        )
        return self._there_for(user).filter(waiting, status="offered").not_lapsed()

    def begun_by(self, user: Any) -> Self:
        """Those that this person asked for or proposed, and those she said yes to, however they ended."""
        proposed = Q(introducer_id=user.pk) & ~Q(status="asked")
        return self._there_for(user).filter(Q(asked_by_id=user.pk) | proposed | _accepted_by(user.pk))

    def visible_to(self, user: Any) -> Self:
        """Those that concern a person; the twin of `connect.permissions.messages.can_see_introduction`.

        The introducer, whoever asked, and the two from the moment it is offered to them; the team those asked of it.
        """
        if not user.is_authenticated:
            return self.none()
        told = ~Q(status="asked") & (Q(first_id=user.pk) | Q(second_id=user.pk))
        concerned = Q(introducer_id=user.pk) | Q(asked_by_id=user.pk) | told | _accepted_by(user.pk)
        if user.is_staff:
            concerned |= Q(introducer__isnull=True, asked_by__isnull=False, status="asked")
        return self._there_for(user).filter(concerned)

    def _there_for(self, user: Any) -> Self:
        """Leave out those with anybody whom this person is kept apart from."""
        apart = kept_apart_from(user)
        away = Q(first_id__in=apart) | Q(second_id__in=apart) | Q(introducer_id__in=apart)
        rows = self.exclude(away)
        return rows.filter(is_there("first"), is_there("second"))


def _accepted_by(user_id: int) -> Q:
    return Q(first_id=user_id, first_accepted_at__isnull=False) | Q(
        second_id=user_id, second_accepted_at__isnull=False
    )


def is_there(person: str = "") -> Q:
    """Say that an account is open: one that is suspended or erased is not.

    Args:
        person: the relation that leads to it; empty for a query on accounts.
    """
    return Q(**{f"{person}__is_active" if person else "is_active": True})
