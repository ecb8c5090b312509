"""Readers and writers of the files that organisations come and go in; pure, streaming.

A reader takes a seekable binary file and yields a `ParsedRow` for each organisation; a writer
takes organisations and yields bytes. Neither holds more than a few rows in memory.
"""
