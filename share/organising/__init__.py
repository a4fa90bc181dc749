"""What the pages of those who organise encounters stand on."""
