"""Staff look for a name, hide it and put it back."""

from observations.base.roles import Role
from pages.parts import runtime
from tests.support.sightings import observer_of, phone, record
from tests.support.site import Site

PAGE = "desk/names/page.py"


def test_a_nickname_is_looked_for_hidden_and_put_back(site: Site) -> None:
    store = runtime.store()
    device_id = phone(store)
    record(store, device_id)
    observer = store.people.observer_of_device(device_id)
    assert observer
    site.sign_in(Role.VERIFIER)
    page = site.open(PAGE)
    page.text_input(key="names_words").set_value(observer.nickname[1:]).run()
    key = f"nickname_{observer_of(store, device_id).observer_id}"
    page.button(key=f"hide_{key}").click().run()
    assert not page.exception
    hidden = store.people.observer_of_device(device_id)
    assert hidden and hidden.nickname.startswith("观察者")
    [change] = store.moderation.changes(9)
    page.button(key=f"undo_{change.name_change_id}").click().run()
    back = store.people.observer_of_device(device_id)
    assert back and back.nickname == observer.nickname
    page.text_input(key="names_words").set_value(observer.nickname).run()
    page.text_input(key=f"new_{key}").set_value("\u3164")
    page.button(key=f"rename_{key}").click().run()
    assert "写一个看得见的名字" in " ".join(element.body for element in page.get("html"))
