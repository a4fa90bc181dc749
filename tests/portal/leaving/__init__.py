"""Everything that can be known of one person, to prove that nothing of it is left when she leaves."""
