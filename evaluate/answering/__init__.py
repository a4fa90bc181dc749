"""The section that a page draws, what a browser sends back of it, and what one answer changes elsewhere."""
