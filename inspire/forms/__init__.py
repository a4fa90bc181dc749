"""What people fill in on the desk of the library."""

from inspire.forms.authors import InviteForm
from inspire.forms.contribution import ContributionForm
from inspire.forms.files import AttachmentForm, PhotoForm
from inspire.forms.review import CommentForm, ReasonForm, StatusForm

__all__ = [
    "AttachmentForm",
    "CommentForm",
    "ContributionForm",
    "InviteForm",
    "PhotoForm",
    "ReasonForm",
    "StatusForm",
]
