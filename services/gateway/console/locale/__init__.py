"""The console's sentences in Chinese, a module for each area with `CHINESE: dict[str, str]`."""
