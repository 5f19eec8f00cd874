"""What was typed stands in the page's own form again, and nothing else of the page changes."""

from postpartum_portal.accounts.filled_in import Boxes, filled_in

PAGE = """<main id="main">
<div class="wrap"><h1>申請</h1>
<form method="post" action="/a/other/"><textarea name="text">
きのう</textarea></form>
<details><summary>メモ</summary>
<form method="post" action="../note/#x">
<input type="hidden" name="seen" value="5"><input name="who" aria-label="だれ" value="まえの値">
<input type="checkbox" name="asks" checked>
<input type="radio" name="how" value="tel"><input type="radio" name="how" value="mail" checked>
<select name="day"><option value="">—</option><option value="3" selected>3</option>
<option value="4">4</option></select>
<input name="line"><input name="line" value="b"><input type="password" name="key" value="">
<textarea name="text" rows="4">
</textarea><button name="act" value="keep">残す</button></form></details>
<form method="post" action="/a/note/"><input name="who" value=""><button name="act" value="strike">消す</button></form>
</div></main>"""


def again(**boxes: list[str]) -> str:
    sent: Boxes = {"act": ["keep"], "seen": ["4"], **boxes}
    return filled_in(PAGE, "/a/case/", "/a/note/", sent, "<p>もどしました。</p>") or ""


def test_boxes__hold_what_was_typed_as_text() -> None:
    page = again(who=['"><script>&'], text=["一\n二<b>"], line=["x", "y"], key=["secret"])

    assert '<input name="who" aria-label="だれ" value="&quot;&gt;&lt;script&gt;&amp;">' in page
    assert '<textarea name="text" rows="4">\n一\n二&lt;b&gt;</textarea>' in page
    assert '<input name="line" value="x"><input name="line" value="y">' in page
    assert "secret" not in page


def test_choices__are_those_that_were_made() -> None:
    page = again(how=["tel"], day=["4"])

    assert '<input type="checkbox" name="asks">' in page
    assert '<input type="radio" name="how" value="tel" checked><input type="radio" name="how" value="mail">' in page
    assert '<option value="">—</option><option value="3">3</option>\n<option value="4" selected>4</option>' in page


def test_everything_else__stays_as_it_is() -> None:
    page = again(who=["わたし"], text=["きょう"], how=["mail"], asks=["on"], day=["3"])

    assert page.startswith('<main id="main">\n<div class="wrap"><p>もどしました。</p><h1>')
    assert "きのう</textarea>" in page
    assert '<input type="hidden" name="seen" value="5">' in page
    assert '<input name="who" value=""><button name="act" value="strike">' in page
    assert "<details open><summary>" in page


def test_a_page_without_that_form__is_none() -> None:
    assert filled_in(PAGE, "/a/case/", "/a/decide/", {"who": ["わたし"]}, "") is None
