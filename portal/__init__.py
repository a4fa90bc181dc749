"""The project package and the kernel that the six apps stand on."""
