"""Integer programs, solved by HiGHS through SciPy, which comes with the embedding."""
