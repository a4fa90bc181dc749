"""A questionnaire with answers: `FormState(definition, answers, now=…, language=…)`."""

from evaluate.forms.state.changes import Changes
from evaluate.forms.state.form_state import FormState, Progress
from evaluate.forms.state.walking import Step

__all__ = ["Changes", "FormState", "Progress", "Step"]
