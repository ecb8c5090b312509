"""The matcher's HTTP routes: two to five lines each."""
