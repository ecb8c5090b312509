"""Draft capabilities and needs out of what an organisation has already written somewhere.

bytes -> blocks (headings, list items, paragraphs) -> pieces (one matter each) -> drafts. Reading
and drafting happen in a process of their own with little memory, little time and no secrets.
"""
