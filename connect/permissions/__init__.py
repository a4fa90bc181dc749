"""Who may do what here, each with the reason that the page shows."""
