"""Repeated groups that grew or shrank while somebody looked at them: their places mean other cases by now."""

from collections.abc import Iterable

from django.http import HttpRequest

from evaluate.answering.page_node import PageNode

COUNT = ":count"


def lists_around(path: str) -> list[str]:
    """Return the paths of the repeated groups that an answer lies in, the outermost first."""
    return [path[:place] for place, character in enumerate(path) if character == "["]


def changed_lists(request: HttpRequest, nodes: Iterable[PageNode], paths: Iterable[str]) -> frozenset[str]:
    """Return the repeated groups around these paths that hold another number of cases than the page showed."""
    counts = {node.path: str(len(node.children)) for node in nodes if node.kind == "repeat"}
    around = {each for path in paths for each in lists_around(path)}
    return frozenset(each for each in around if request.POST.get(f"{each}{COUNT}") != counts.get(each))
