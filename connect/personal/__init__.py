"""What Conectarme tells about a person: her copy of it, and its erasure, part by part."""
