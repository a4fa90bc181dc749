"""Who may look at a person's photo: whoever may see it on her page."""

from typing import Any

from django.utils.translation import gettext as _

from connect.models import Profile
from connect.people.finding import shown_people
from portal.core.decision import ALLOWED, Decision, denied
from portal.files.models import StoredFile


def can_read_photo(user: Any, file: StoredFile) -> Decision:
    """Whoever may see the photo of the person whose photo it is now; a former photo is nobody's."""
    key = Profile.objects.filter(photo=file).values_list("user_id", flat=True).first()
    person = shown_people(user, [key]).get(key) if key is not None else None
    if person is not None and "photo" in person.parts:
        return ALLOWED
    return denied(_("Esta foto no está a la vista."))
