"""The bureau's figures say what the bureau's own words say."""

from observations.surveys.figures import figures


def test_every_number_stands_in_the_phrase_it_comes_from() -> None:
    spelled = {"beautiful_zhejiang": "八年"}

    for key, figure in figures().items():
        assert spelled.get(key, str(figure.value)) in figure.phrase
