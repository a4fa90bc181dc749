"""What writing in conversations tells the kernel about itself: limits, files, and a person's part in it."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.files.uses import file_uses
from portal.safety.limits import sending_limits
from share.personal.appreciation import erase_appreciation, export_appreciation
from share.personal.revisions import erase_revisions, export_revisions
from share.threads.files import POST_FILE
from share.threads.limits import WRITING_LIMITS


def register_writing() -> None:
    """Register everything; called once, by the app's hooks."""
    for limit in WRITING_LIMITS:
        sending_limits.register(limit)
    file_uses.register(POST_FILE)
    subject_accesses.register(
        SubjectAccess(
            id="thanks",
            label=_("Lo que agradeciste, las preguntas que también son tuyas y dónde te mencionaron"),
            export=export_appreciation,
            order=62,
        )
    )
    subject_accesses.register(
        SubjectAccess(
            id="post-versions",
            label=_("Versiones anteriores y archivos de lo que escribiste en conversaciones"),
            export=export_revisions,
            order=63,
        )
    )
    # Before the posts themselves, whose texts go with their author's account.
    erasures.register(Erasure(id="post-parts", erase=erase_revisions, order=60))
    erasures.register(Erasure(id="thanks", erase=erase_appreciation, order=62))
