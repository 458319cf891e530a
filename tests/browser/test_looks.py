"""Comparing pictures by their looks: a moved block is told, a letter's edge is not."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

from tests.browser.looks import Looks, difference, look_of

WIDTH, HEIGHT = 390, 844


def page(card_at: int = 300, ground: str = "#F6F3EA", height: int = HEIGHT) -> Image.Image:
    """A page with a card and a button, drawn as a phone draws it, twice as large."""
    picture = Image.new("RGB", (2 * WIDTH, 2 * height), ground)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((32, 2 * card_at, 748, 2 * card_at + 400), "#FFFFFF")
    draw.rectangle((64, 2 * card_at + 280, 716, 2 * card_at + 376), "#1E6B4E")
    return picture


def look(picture: Image.Image) -> str:
    return look_of(picture, WIDTH)


def test_the_same_page_looks_the_same_through_noise() -> None:
    noisy, dice = page(), random.Random(5)
    for _ in range(20_000):
        at = (dice.randrange(noisy.width), dice.randrange(noisy.height))
        shades = [
            max(0, min(255, shade + dice.randint(-24, 24)))
            for shade in noisy.getpixel(at)  # type: ignore[union-attr]
        ]
        noisy.putpixel(at, tuple(shades))

    assert difference(look(page()), look(noisy)) is None


def test_a_block_that_moved_by_half_a_finger_is_told_with_its_place() -> None:
    told = difference(look(page()), look(page(card_at=324)))

    assert told and "look different" in told and "px down" in told


def test_another_ground_and_another_length_are_told() -> None:
    assert difference(look(page()), look(page(ground="#E4E0D2")))
    assert "px long" in str(difference(look(page()), look(page(height=1000))))


def test_the_file_knows_what_is_new_what_drifted_and_what_is_gone(tmp_path: Path) -> None:
    file, home, me = tmp_path / "looks.txt", tmp_path / "home.png", tmp_path / "me.png"
    page().save(home)
    page().save(me)
    first = Looks(file)
    assert "nobody" in str(first.drift("home", home, WIDTH))
    first.drift("me", me, WIDTH)
    first.write(is_whole=True)

    page(card_at=400).save(home)
    second = Looks(file)
    assert "look different" in str(second.drift("home", home, WIDTH))
    assert list(second.gone()) == ["me: not taken any more"]
    second.write(is_whole=False)  # a part alone was taken: the rest stays

    third = Looks(file)
    assert third.drift("home", home, WIDTH) is None and third.drift("me", me, WIDTH) is None
