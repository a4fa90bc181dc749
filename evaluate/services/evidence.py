"""What proves the answers of an evaluation: files and addresses beside its questions."""

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from evaluate.models import Evaluation, ItemEvidence
from portal.accounts.models import User
from portal.files.checks import CheckedUpload
from portal.files.services import file_store

FILE_USE = "evaluate-evidence"
MOST_PER_ITEM = 20


@transaction.atomic
def evidence_add(
    *,
    evaluation: Evaluation,
    path: str,
    user: User,
    title: str = "",
    upload: File | CheckedUpload | None = None,
    url: str = "",
) -> ItemEvidence:
    """Keep a file or an address beside a question. The caller holds the evaluation's row.

    Raises:
        ValidationError: there is neither or both, the file cannot be taken, or the question has enough.
    """
    if bool(upload) == bool(url):
        raise ValidationError(_("Adjuntá un archivo o escribí una dirección web: una de las dos cosas."))
    if ItemEvidence.objects.filter(evaluation=evaluation, path=path).count() >= MOST_PER_ITEM:
        raise ValidationError(
            _("Esta pregunta ya tiene %(most)s evidencias. Quitá alguna que no haga falta.")
            % {"most": MOST_PER_ITEM}
        )
    file = file_store(use=FILE_USE, upload=upload, user=user) if upload else None
    return ItemEvidence.objects.create(
        evaluation=evaluation, path=path, title=title, file=file, url=url, added_by=user
    )


def evidence_remove(*, evidence: ItemEvidence) -> None:
    """Take a piece of evidence away; its file goes with it."""
    evidence.delete()
