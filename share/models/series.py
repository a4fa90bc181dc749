"""Events that repeat."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel

MAX_RULE = 500


class EventSeries(TimeStampedModel):
    """A rule by which an event repeats, on the clock of its place.

    Each time is an `Event` of its own, made up to a year ahead; the rule says when, the newest event of the series
    that was not changed alone says what.
    """

    # RFC 5545 3.3.10, without DTSTART: "FREQ=MONTHLY;BYDAY=2TU;COUNT=6".
    rule = models.CharField(_("cómo se repite"), max_length=MAX_RULE)
    time_zone = models.CharField(max_length=40)
    first_on = models.DateField()
    start_time = models.TimeField()
    # Up to which day its events have been made.
    made_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("serie de encuentros")
        verbose_name_plural = _("series de encuentros")

    def __str__(self) -> str:
        return self.rule
