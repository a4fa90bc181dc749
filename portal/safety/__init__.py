"""Trust and safety: blocks, reports, suspensions, and how much one account may send."""
