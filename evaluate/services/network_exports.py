"""Recording who took the network's anonymised answers away."""

from typing import Any

from portal.audit.services import Target, audit_record

ACTION = "answers.exported"


def network_export_record(*, user: Any, shape: str, ending: str, questionnaire: str, responses: int) -> None:
    """Append to the audit trail who exported which answers, before the first byte is sent."""
    audit_record(
        action=ACTION,
        target=Target("evaluate.questionnaire", (questionnaire or "*")[:60]),
        after={"shape": shape, "format": ending, "responses": responses},
        actor_id=user.pk,
    )
