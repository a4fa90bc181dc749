"""Where a result stands among those of its peers: groups, their figures, and what keeps towns from being told apart."""
