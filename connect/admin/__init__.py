"""What the network's team sees and does of Conectarme in the admin."""

from connect.admin import introductions

__all__ = ["introductions"]
