"""How many published solutions answer to each facet value, without counting them."""

from django.db import models


class FacetCount(models.Model):
    """An addend of a count; the count of a key is the sum of its addends.

    A trigger on solutions adds rows and never changes one, so that two writers never wait for each other; a task adds
    them up from time to time (docs/adr/0008). The key "all" counts every published solution.
    """

    key = models.TextField()
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["key"], name="inspire_count_of_facet")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
