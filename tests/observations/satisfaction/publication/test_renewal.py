"""Which figures of a district are renewed."""

from observations.satisfaction.publication.counted import Basis
from observations.satisfaction.publication.renewal import gives_away, renewed

PROVEN, ALL = Basis.PROVEN, Basis.ALL
BOTH, NONE = {PROVEN, ALL}, set()


def people(count, answer=4, name="a", first=0):
    return {f"{name}{n}": answer for n in range(first, first + count)}


def of(now, *before):
    """What is renewed; each state is of the proven people and of the others."""
    states = [{PROVEN: proven, ALL: proven | words} for proven, words in (now, *before)]
    history = {basis: [state[basis] for state in states[1:]] for basis in Basis}
    return renewed(states[0], history)


def test_ten_people_are_published_and_nine_are_not():
    assert of((people(10), {})) == BOTH
    assert of((people(9), {})) == NONE


def test_few_words_beside_proofs_hold_the_figure_of_all_back():
    assert of((people(20), people(9, name="w"))) == {PROVEN}
    assert of((people(20), people(10, name="w"))) == BOTH


def test_few_proofs_are_in_the_figure_of_all_alone():
    assert of((people(9), people(20, name="w"))) == {ALL}


def test_nothing_new_renews_nothing():
    same = (people(20), people(20, name="w"))
    assert of(same, same) == NONE


def test_nine_changed_answers_wait_and_ten_do_not():
    before = (people(20), people(20, name="w"))
    assert of((people(20) | people(9, 1), before[1]), before) == NONE
    assert of((people(20) | people(10, 1), before[1]), before) == BOTH


def test_ten_who_prove_where_they_live_do_not_take_one_new_answer_with_them():
    """Their answers stand in both figures before and after: the new one alone would remain."""
    words = people(30, name="w")
    proved = dict(list(words.items())[:10])
    rest = {token: answer for token, answer in words.items() if token not in proved}
    before = (people(20), words)
    assert of((people(20) | proved, rest), before) == {PROVEN}
    assert of((people(20) | proved, rest | people(1, name="x")), before) == {PROVEN}


def test_who_changes_back_and_forth_is_compared_with_every_state_before():
    first, second = people(20), people(20) | people(10, 1)
    back = people(20) | people(1, 5)
    assert of((back, {}), (second, {}), (first, {})) != BOTH
    assert gives_away([back], [first, second])


def test_ten_who_leave_are_not_told_from_the_twelve_who_had_proved_it():
    """All of before less all of now is ten people; twelve less those ten would be two."""
    proven, words = people(12), people(30, name="w")
    stay = dict(list(proven.items())[10:])
    assert of((stay, words), (proven, words)) == NONE


def test_sums_are_looked_through_of_people_who_gave_many_different_answers():
    states = [people(20, answer) for answer in (1, 2, 3, 4, 5)]
    assert not gives_away(states[:1], states[1:])
    assert gives_away([states[0] | people(3, 2)], states)
