"""What happens on the desk: writing, inviting, handing in, reviewing."""

from inspire.services.contributions.authors import (
    SaidNo,
    TooManyInvited,
    TooManyToday,
    author_accept,
    author_invite,
    author_leave,
    author_name,
)
from inspire.services.contributions.comments import comment_add, comment_resolve
from inspire.services.contributions.drafting import Saved, contribution_save, contribution_start
from inspire.services.contributions.files import (
    TooManyFiles,
    contribution_file_add,
    contribution_file_remove,
)
from inspire.services.contributions.reviewing import (
    ReadAnotherVersion,
    SaysNothing,
    SolutionGone,
    contribution_accept,
    contribution_ask_changes,
    contribution_decline,
)
from inspire.services.contributions.steps import (
    StepNotPossible,
    contribution_reopen,
    contribution_submit,
    contribution_take_back,
    contribution_withdraw,
)

__all__ = [
    "ReadAnotherVersion",
    "SaidNo",
    "Saved",
    "SaysNothing",
    "SolutionGone",
    "StepNotPossible",
    "TooManyFiles",
    "TooManyInvited",
    "TooManyToday",
    "author_accept",
    "author_invite",
    "author_leave",
    "author_name",
    "comment_add",
    "comment_resolve",
    "contribution_accept",
    "contribution_ask_changes",
    "contribution_decline",
    "contribution_file_add",
    "contribution_file_remove",
    "contribution_reopen",
    "contribution_save",
    "contribution_start",
    "contribution_submit",
    "contribution_take_back",
    "contribution_withdraw",
]
