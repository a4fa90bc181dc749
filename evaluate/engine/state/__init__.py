"""A questionnaire with answers: `FormState(definition, answers, now=…, language=…)`."""

from evaluate.engine.state.changes import Changes
from evaluate.engine.state.form_state import FormState, Progress
from evaluate.engine.state.walking import Step

__all__ = ["Changes", "FormState", "Progress", "Step"]
