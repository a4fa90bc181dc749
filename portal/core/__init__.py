"""What every part of the portal is built with. It owns no tables and knows nobody above it."""
