"""The pages of Evaluarme."""
