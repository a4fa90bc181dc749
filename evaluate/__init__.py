"""Evaluarme: questionnaires that a municipality answers about itself."""
