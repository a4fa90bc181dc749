"""What the time after an event tells the kernel about itself: notices, limits, files, people's data."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.files.content_types import DOCUMENTS, IMAGES, TABLES, TEXTS
from portal.files.uses import MIB, FileUse, file_uses
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety.limits import SendingLimit, sending_limits
from share.permissions.materials import can_read_material_file
from share.personal.afterwards import erase_afterwards, export_afterwards
from share.services.after_notices import AGREEMENT, AGREEMENT_DUE, FOLLOW_UP
from share.services.attendance import CODES_TRIED
from share.services.materials import FILE_USE

MATERIAL_FILE = FileUse(
    id=FILE_USE,
    label=_("Materiales de encuentros"),
    max_bytes=25 * MIB,
    content_types=IMAGES | DOCUMENTS | TABLES | TEXTS,
    may_read=can_read_material_file,
)
_KINDS = (
    NoticeKind(
        id=FOLLOW_UP,
        function="share",
        label=_("Quedó algo de un encuentro al que te inscribiste"),
        order=44,
        reason=_("Porque tenías un lugar en ese encuentro."),
    ),
    NoticeKind(
        id=AGREEMENT,
        function="share",
        label=_("Algo quedó a tu cargo en un encuentro"),
        order=45,
        reason=_("Porque en el acta figurás como quien se ocupa."),
    ),
    NoticeKind(
        id=AGREEMENT_DUE,
        function="share",
        label=_("Se acerca la fecha de algo a tu cargo"),
        order=46,
        reason=_("Porque en el acta figurás como quien se ocupa y falta una semana o menos."),
    ),
)
_CODES = SendingLimit(
    id=CODES_TRIED,
    most=10,
    most_when_new=10,
    window=timedelta(minutes=10),
    message=_(
        "Probaste muchos códigos seguidos. Esperá diez minutos, o mostrale tu entrada a quien organiza para que "
        "registre tu ingreso."
    ),
    order=40,
)


def register_afterwards() -> None:
    """Register everything; called once, by the app's hooks."""
    for kind in _KINDS:
        notice_kinds.register(kind)
    sending_limits.register(_CODES)
    file_uses.register(MATERIAL_FILE)
    subject_accesses.register(
        SubjectAccess(
            id="share.afterwards",
            label=_("Lo que quedó de los encuentros: tu asistencia, actas, decisiones y materiales"),
            export=export_afterwards,
            order=56,
        )
    )
    erasures.register(Erasure(id="share.afterwards", erase=erase_afterwards, order=56))
