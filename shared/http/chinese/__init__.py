"""Sentences in Chinese, one module for each part of the platform."""
