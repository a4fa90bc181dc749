"""How many published solutions stand in each cell of the map, without counting them."""

from django.db import models
from django.db.models import Q


class MapCell(models.Model):
    """An addend of what stands in a cell of the map's grid at one level; the cell is the sum of its addends.

    A trigger on solutions adds rows and never changes one, so that two writers never wait for each other; a task adds
    them up from time to time (docs/adr/0008). Positions are summed in millionths of a degree, so that sums are exact.
    """

    # As in `inspire.map_grid`: 2^level columns and as many rows; a cell is numbered along a Morton curve.
    level = models.SmallIntegerField()
    cell = models.BigIntegerField()
    count = models.IntegerField()
    country_wide = models.IntegerField()
    latitude_sum = models.BigIntegerField()
    longitude_sum = models.BigIntegerField()
    is_sum = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["level", "cell"], name="inspire_map_cell"),
            models.Index(fields=["id"], condition=Q(is_sum=False), name="inspire_map_cell_not_summed"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.cell}: {self.count}"
