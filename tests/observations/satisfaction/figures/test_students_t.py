import pytest

from observations.satisfaction.figures.students_t import t_quantile

# NIST/SEMATECH e-Handbook, 1.3.6.7.2, critical values of Student's t, column 0.975.
PUBLISHED_975 = {
    9: 2.262, 10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 25: 2.060, 29: 2.045, 30: 2.042,
    40: 2.021, 60: 2.000, 100: 1.984,
}  # fmt: skip
PUBLISHED_OTHERS = {(0.90, 10): 1.372, (0.95, 20): 1.725, (0.99, 30): 2.457, (0.995, 50): 2.678}


@pytest.mark.parametrize(("degrees", "printed"), PUBLISHED_975.items())
def test_it_agrees_with_the_printed_table(degrees, printed):
    assert t_quantile(0.975, degrees) == pytest.approx(printed, abs=0.00051)


@pytest.mark.parametrize(("asked", "printed"), PUBLISHED_OTHERS.items())
def test_it_agrees_in_other_columns(asked, printed):
    assert t_quantile(*asked) == pytest.approx(printed, abs=0.00051)


def test_it_is_close_at_its_smallest_degrees():
    assert t_quantile(0.975, 5) == pytest.approx(2.571, abs=0.002)


def test_it_becomes_the_normal_quantile():
    assert t_quantile(0.975, 1_000_000) == pytest.approx(1.959966, abs=1e-6)


def test_it_is_the_same_on_the_other_side():
    assert t_quantile(0.025, 20) == pytest.approx(-t_quantile(0.975, 20))


def test_too_few_degrees_are_an_error():
    with pytest.raises(ValueError, match="5"):
        t_quantile(0.975, 4)
