"""Offline evaluation: data sets, metrics, baselines, comparison of configurations."""
