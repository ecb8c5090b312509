"""One command a file; heavy modules are imported when a command runs, so that help is quick."""
