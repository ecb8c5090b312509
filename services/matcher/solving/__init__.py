"""Solvers: integer programs by HiGHS through SciPy, flows by OR-tools, transport by POT."""
