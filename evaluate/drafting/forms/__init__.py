"""The forms in which a draft is edited; each turns what was typed into a change of the questionnaire."""

from evaluate.drafting.forms.groups import GroupForm
from evaluate.drafting.forms.questions import QuestionForm
from evaluate.drafting.forms.settings import SettingsForm

__all__ = ["GroupForm", "QuestionForm", "SettingsForm"]
