"""PostgreSQL and Redis for a machine that has neither, and the command that runs the whole portal on it.

Nothing here but `management` imports Django or reads its settings, so it works before they can be loaded.
"""
