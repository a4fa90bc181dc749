"""What organisers write of an encounter."""

from share.forms.events.event import EventForm
from share.forms.events.parts import QuestionForm, SessionForm, SpeakerForm
from share.forms.events.steps import CancelForm, PeopleSearchForm, RuleForm

__all__ = [
    "CancelForm",
    "EventForm",
    "PeopleSearchForm",
    "QuestionForm",
    "RuleForm",
    "SessionForm",
    "SpeakerForm",
]
