"""Who may read which file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.decision import Decision, denied
from portal.files.models import StoredFile
from portal.files.uses import file_uses


def can_read_file(user: Any, file: StoredFile) -> Decision:
    """Ask the use that the file was uploaded for; a file whose use is gone is read by nobody."""
    if file.use not in file_uses:
        return denied(_("La parte del portal para la que se subió este archivo ya no está en uso."))
    return file_uses.get(file.use).may_read(user, file)
