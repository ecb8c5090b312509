"""What members do with their own organisation in the console: edit, merge, confirm, take along.

Everything is saved, matched and decided by the services; here forms become their contracts.
"""
