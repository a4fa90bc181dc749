"""Forms of Evaluarme."""
