"""Conectarme: find colleagues and reach them about something."""
