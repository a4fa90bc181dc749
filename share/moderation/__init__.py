"""How conversations and encounters are looked after: what can be reported, who is told, what a town passes on."""
