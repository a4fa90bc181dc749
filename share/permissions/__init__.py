"""Who may do what, each with its reason."""
