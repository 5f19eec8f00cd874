"""What rendering a letter ends with: the letter, or the reason why there is none. Reached through `pdf`."""

from dataclasses import dataclass

from .glyphs import name_characters


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A PDF/UA-1 file, the families embedded in it (sorted), and its number of pages."""

    pdf: bytes
    fonts: tuple[str, ...]
    pages: int


class LetterError(Exception):
    """The letter was not made."""


class Unissuable(LetterError):
    """No letter may go out as it stands; the message tells whoever decides why, in a sentence."""


class MissingGlyph(Unissuable):
    """No letter font draws `characters`. The message names them for whoever decides."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(
            f"{name_characters(characters)}は、通知書の書体にない文字です。代わりの表記を確かめてください。"
        )


class ForeignAsset(LetterError):
    """The page asked for something else than an image that it carries itself."""


class RenderComplaint(LetterError):
    """WeasyPrint warned about the page; a letter is not printed on a guess."""
