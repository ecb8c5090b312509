"""Where the time goes, as it was found with a profiler; written by hand."""

FINDINGS = ""
