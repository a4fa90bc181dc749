"""Who was there as a table, for whoever looks after the event."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from share.attendance.people import Attendee, attendees, expected
from share.models import Event

_AT_ONCE = 500
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attendance_csv(event: Event) -> Iterator[bytes]:
    """Make the file, piece by piece; names are kept from running as formulas."""
    return csv_pieces(_titles(), _rows(event))


def attendance_workbook(event: Event) -> Iterator[bytes]:
    """Make the workbook, piece by piece."""
    return workbook_pieces(_titles(), _rows(event), sheet_name=_("Asistencia"))


def _rows(event: Event) -> Iterator[Sequence[Cell]]:
    zone = ZoneInfo(event.time_zone)
    everybody = list(expected(event))
    for start in range(0, len(everybody), _AT_ONCE):
        yield from (_cells(each, zone) for each in attendees(everybody[start : start + _AT_ONCE]))


def _titles() -> Sequence[str]:
    return (_("Nombre"), _("Municipio"), _("Asistencia"), _("Ingresó"), _("Muestra"))


def _cells(person: Attendee, zone: ZoneInfo) -> Sequence[Cell]:
    row = person.registration
    came = row.checked_in_at
    return (
        person.name,
        person.town,
        str(row.get_attendance_display()),
        # By the clock of the room.
        came.astimezone(zone).replace(tzinfo=None, microsecond=0) if came else None,
        _("sí") if row.user.is_sample else "",
    )
