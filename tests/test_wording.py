"""The two languages agree: what is said is translated, what is translated is said."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.support import wording
from tests.support.architecture import Source
from tests.support.wording import Entry

SAID = {
    text: f"{source.path}:{line}"
    for source in wording.speaking_sources()
    for line, text in wording.marked(source)
    if text
}
ENTRIES = wording.catalogue()


def test_everything_said_is_translated() -> None:
    translated = {entry.msgid for entry in ENTRIES}
    missing = [f"{where} {text!r}" for text, where in SAID.items() if text not in translated]

    assert not missing, "\n".join(missing)


def test_everything_translated_is_said() -> None:
    unused = [f"{entry.file} {entry.msgid!r}" for entry in ENTRIES if entry.msgid not in SAID]

    assert not unused, "\n".join(unused)


def test_no_translation_is_empty_or_fuzzy_or_has_other_placeholders() -> None:
    faults = [fault for entry in ENTRIES for fault in wording.faults_of(entry)]

    assert not faults, "\n".join(faults)


def test_the_same_words_have_the_same_translation_in_every_file() -> None:
    texts = defaultdict(set)
    for entry in ENTRIES:
        texts[entry.msgid].add(entry.msgstr)
    differing = {msgid: said for msgid, said in texts.items() if len(said) > 1}

    assert not differing


def test_no_chinese_stands_outside_the_catalogue() -> None:
    lines = [line for s in wording.speaking_sources() for line in wording.unmarked_chinese(s)]

    assert not lines, "\n".join(lines)


def test_nothing_marked_is_put_together_at_run_time() -> None:
    lines = [line for s in wording.speaking_sources() for line in wording.unextractable(s)]

    assert not lines, "\n".join(lines)


def test_chinese_without_a_mark_is_found_and_docstrings_are_spared() -> None:
    source = Source("pages/x.py", '"""文档"""\nshow("首页")\nshow(_("地图"))\nN_("记录")\n')

    assert len(list(wording.unmarked_chinese(source))) == 1


def test_marks_are_found_by_name_and_as_attributes() -> None:
    source = Source("pages/x.py", '_("一")\nN_("二")\ntranslate("三", "en")\nw.translate("四", x)')

    assert [text for _, text in wording.marked(source)] == ["一", "二", "三", "四"]


def test_a_text_made_at_run_time_is_found() -> None:
    assert list(wording.unextractable(Source("pages/x.py", "_(f'{n} 条')")))


@pytest.mark.parametrize(
    ("msgstr", "is_fuzzy"), [("", False), ("records", False), ("{count} records", True)]
)
def test_a_faulty_translation_is_found(msgstr: str, is_fuzzy: bool) -> None:
    assert list(wording.faults_of(Entry("x.po", "{count} 条", msgstr, is_fuzzy)))


def test_a_catalogue_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x.po").write_text('#, fuzzy\nmsgid "一"\nmsgstr "One"\n', "utf-8")

    assert wording.catalogue(tmp_path) == [Entry("x.po", "一", "One", True)]
