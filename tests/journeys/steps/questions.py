"""What Kodaira's programme asks, in its words: the public check, the application and the phone ask the same."""

from tests.journeys.person import Person


def says_where_she_lives(person: Person) -> None:
    person.chooses("はい", to="小平市に住民登録がありますか")


def says_how_she_is(person: Person, *, lacks_support: str, anxious: str) -> None:
    """Nobody is ill."""
    person.chooses(lacks_support, to="家族などからの育児の支援が足りないと感じますか")
    person.chooses(anxious, to="体調がよくない、または授乳や育児に不安がありますか")
    person.chooses("いいえ", to="お母さんかお子さんに、発熱など感染症のおそれがありますか")
    person.chooses("いいえ", to="お母さんかお子さんに、医療の介入が必要ですか")
