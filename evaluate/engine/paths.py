"""Answer paths and item paths."""


def template_path(answer_path: str) -> str:
    """Take the repeat numbers out of an answer's path: `/household[2]/age` is a question of `/household/age`."""
    # Most questions are in no repeated group, and an export asks for millions of them.
    if "[" not in answer_path:
        return answer_path
    return "/".join(part.partition("[")[0] for part in answer_path.split("/"))
