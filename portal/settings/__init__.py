"""One set of settings per use: dev, test and prod, all built on base."""
