"""What the page of a solution shows, made ready for the template."""

from inspire.reading.page import SolutionPage, solution_page

__all__ = ["SolutionPage", "solution_page"]
