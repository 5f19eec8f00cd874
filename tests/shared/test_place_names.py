"""Whether an address lies outside the places that somebody named: refused only where it is sure."""

import pytest

from postpartum_portal.shared.place_names import place_key, surely_outside


@pytest.mark.parametrize(
    ("areas", "where", "outside"),
    [
        (["中原区"], "川崎市麻生区見本町1", True),
        (["川崎市中原区", "高津区"], "川崎市麻生区見本町1", True),
        (["川崎市中原区", "高津区"], "川崎市高津区見本町1", False),
        (["川崎市中原区"], "小平市見本町1", False),  # no ward stands there: somebody must ask
        (["川崎市中原区", "見本町"], "川崎市麻生区別町1", False),  # a town may be written otherwise
        (["国分寺市内全域"], "小平市見本町1", True),
    ],
)
def test_outside__is_said_of_whole_wards_and_cities_alone(areas: list[str], where: str, outside: bool) -> None:
    assert surely_outside([place_key(area) for area in areas], place_key(where)) is outside
