"""Sentence embeddings: the model, their store and the shipped statistics."""
