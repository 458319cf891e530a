"""Staff keep the desk's replies."""

from observations.base.roles import Role
from pages.parts import runtime
from tests.support.site import Site

PAGE = "desk/rules/page.py"


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def test_a_reply_is_added_changed_and_removed(site: Site) -> None:
    site.sign_in()
    page = site.open(PAGE)
    page.selectbox(key="reply_group").set_value("bird")
    page.text_area(key="reply_words").set_value("<b>拍一下翅膀</b>")
    next(button for button in page.button if button.label == "存下").click().run()

    assert "&lt;b&gt;拍一下翅膀" in read(page)
    [added] = [one for one in runtime.store().desk.replies() if "翅膀" in one.words]
    page.button(key=f"edit_{added.reply_id}").click().run()
    assert page.text_area(key="reply_words").value == added.words
    page.text_area(key="reply_words").set_value("")
    next(button for button in page.button if button.label == "存下").click().run()
    assert "写上要说的话" in read(page)
    page.button(key=f"drop_{added.reply_id}").click().run()
    assert "翅膀" not in read(page)


def test_a_rule_is_written_tried_switched_and_taken_back(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE, side="rules")
    page.selectbox(key="rule_district").set_value("330106")
    page.number_input(key="rule_least").set_value(5).run()
    page.button(key="rule_make").click().run()

    text = read(page)
    assert "关着" in text
    assert "过去核实过的 0 条里" in text
    [rule] = runtime.store().desk.rules()
    assert (rule.district, rule.least_accepted, rule.is_on) == ("330106", 5, False)
    page.button(key=f"on_{rule.rule_id}").click().run()
    assert "一分钟内开始看" in read(page)
    page.button(key=f"off_{rule.rule_id}").click().run()
    assert not runtime.store().desk.rules()[0].is_on


def test_a_verifier_keeps_replies_and_no_rules(site: Site) -> None:
    site.sign_in()

    assert "写一条规则" not in read(site.open(PAGE, side="rules"))
