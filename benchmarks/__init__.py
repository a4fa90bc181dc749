"""The portal's promises of speed, measured on this machine: `make bench`."""
