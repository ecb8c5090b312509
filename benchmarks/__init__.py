"""Speed and memory, measured beside the bare parts in the same run: `make bench`."""
