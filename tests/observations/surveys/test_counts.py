from observations.surveys.counts import published_counts
from observations.surveys.levels import Level


def test_every_publisher_s_count_stands_by_itself_with_its_source():
    counts = {count.code: count for count in published_counts()}
    assert counts["bureau-2023-science"].number == 4
    assert counts["bureau-2023-china"].number == 2
    assert counts["white-paper-2024"].number == 5
    assert counts["yuhang-2024"].number == 4
    assert counts["yuhang-2024"].level == Level.CHINA
    assert all(count.source for count in counts.values())


def test_the_bureau_s_words_are_kept():
    for count in published_counts():
        if count.code.startswith("bureau"):
            assert f"{count.number}个" in count.phrase
