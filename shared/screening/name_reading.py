"""How a name is read by somebody who does not look closely (the skeleton of UTS #39)."""

from shared.screening.folding import fold, with_letters


def reading_of(name: str) -> str:
    """Letters, digits and Chinese characters alone, look-alikes as what they look like."""
    folded = fold(name)
    read = (with_letters(folded) or folded).text
    return "".join(character for character in read if character.isalnum())


def spelling_of(name: str) -> str:
    """The name without what nobody means: case and white space."""
    return "".join(name.casefold().split())
