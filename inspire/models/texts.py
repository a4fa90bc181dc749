"""The words of a solution, in the languages there are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspire.models.solution import Solution

# What a solution tells in words, in the order in which it is read; each may be translated.
TEXT_FIELDS = (
    "title",
    "summary",
    "problem",
    "what_was_done",
    "results",
    "what_failed",
    "conditions",
    "lessons",
    "novelty",
    "partners",
    "beneficiaries",
    "funding",
)


class SolutionText:
    """The words of a solution in one language, each read when it is asked for: lists leave the long ones unloaded."""

    def __init__(self, solution: "Solution", language: str) -> None:
        self.solution = solution
        self.language = language

    def __getattr__(self, name: str) -> str:
        if name not in TEXT_FIELDS:
            raise AttributeError(name)
        if self.language == self.solution.language:
            return str(getattr(self.solution, name))
        return str(self.solution.translations[self.language].get(name, ""))
