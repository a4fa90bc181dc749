"""Answer paths and item paths."""


def template_path(answer_path: str) -> str:
    """Take the repeat numbers out of an answer's path: `/household[2]/age` is a question of `/household/age`."""
    return "/".join(part.partition("[")[0] for part in answer_path.split("/"))
