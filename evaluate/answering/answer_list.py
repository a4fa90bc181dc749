"""All answers of an evaluation, to be read."""

from dataclasses import dataclass

from evaluate.answering.page_node import PageNode
from evaluate.answering.section_navigation import section_label
from evaluate.answering.section_page import section_nodes
from evaluate.engine.question_types import Widget
from evaluate.engine.state import FormState
from evaluate.models import Answer, Evaluation
from evaluate.services.states import open_sections


@dataclass(frozen=True)
class AnsweredSection:
    """A section's questions with their answers, in order."""

    label: str
    nodes: list[PageNode]


def answered_sections(evaluation: Evaluation, state: FormState) -> list[AnsweredSection]:
    """List what was asked, section by section, with the files that were attached. One query for those."""
    files = {
        answer.path: answer.file
        for answer in Answer.objects.filter(evaluation=evaluation, file__isnull=False).select_related("file")
    }
    sections = []
    for place, section in enumerate(open_sections(state), start=1):
        nodes = [node for top in section_nodes(state, section) for node in top.everything() if _is_read(node)]
        for node in nodes:
            node.file = files.get(node.path)
        if nodes:
            sections.append(AnsweredSection(section_label(state, section, place), nodes))
    return sections


def _is_read(node: PageNode) -> bool:
    return node.kind == "question" and node.is_visible and node.question.widget is not Widget.NOTE
