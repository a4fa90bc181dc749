"""Coordinates that ended up in each other's column, and those that cannot be right."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.tabular import RowProblem
from portal.places.models import Country
from portal.places.services.registers.cleaning import RegisterRow

# Of the rows that can be read in one way only, so many must say the same for the file as a whole to be swapped.
SHARE_OF_A_SWAPPED_FILE = 0.9
MIN_ROWS_OF_A_SWAPPED_FILE = 5


@dataclass
class SettledPositions:
    """What was found about a register's positions.

    Args:
        whole_file: latitude and longitude stand in each other's column throughout.
        swapped: numbers of the rows whose two coordinates were exchanged.
        dropped: the rows that lost a position that is outside the country either way.
    """

    whole_file: bool = False
    swapped: list[int] = field(default_factory=list)
    dropped: list[RowProblem] = field(default_factory=list)


def settle_positions(rows: Sequence[RegisterRow], country: Country, column: str) -> SettledPositions:
    """Put every position into the country's extent, exchanging its coordinates where only that brings it there.

    A row that fits both ways follows the file: it is exchanged only when nearly all that fit one way are. Positions
    that fit neither way are taken off the rows, which stay.
    """
    settled = SettledPositions()
    if country.extent is None:
        _drop_impossible(rows, settled, column)
        return settled
    fits = [_ways_to_fit(row, country) for row in rows]
    swapped, straight = fits.count((False, True)), fits.count((True, False))
    settled.whole_file = swapped >= MIN_ROWS_OF_A_SWAPPED_FILE and swapped >= SHARE_OF_A_SWAPPED_FILE * (
        swapped + straight
    )
    for row, (as_written, exchanged) in zip(rows, fits, strict=True):
        if row.latitude is None:
            continue
        if exchanged and (settled.whole_file or not as_written):
            row.latitude, row.longitude = row.longitude, row.latitude
            settled.swapped.append(row.number)
        elif not as_written:
            _drop(row, settled, column, country.name)
    return settled


def _ways_to_fit(row: RegisterRow, country: Country) -> tuple[bool, bool]:
    """Say whether a position lies in the country as written, and with its coordinates exchanged."""
    if row.latitude is None or row.longitude is None:
        return False, False
    return country.may_hold(row.latitude, row.longitude), country.may_hold(row.longitude, row.latitude)


def _drop_impossible(rows: Sequence[RegisterRow], settled: SettledPositions, column: str) -> None:
    """Take off positions that are nowhere on Earth, where the country's extent is not known."""
    for row in rows:
        if abs(row.latitude or 0) > 90 or abs(row.longitude or 0) > 180:
            _drop(row, settled, column, _("la Tierra"))


def _drop(row: RegisterRow, settled: SettledPositions, column: str, where: str) -> None:
    reason = _(
        "La ubicación %(latitude)s; %(longitude)s está fuera de %(where)s: la fila quedó sin ubicación."
    )
    values = {"latitude": row.latitude, "longitude": row.longitude, "where": where}
    settled.dropped.append(RowProblem(row.number, column, reason % values))
    row.latitude = row.longitude = None
