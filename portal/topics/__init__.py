"""Policy areas and the topics under them."""
