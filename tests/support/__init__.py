"""What several tests need: real servers, free ports, example profiles."""
