"""Bulk import as jobs that survive a crash, and the export of the same formats."""
