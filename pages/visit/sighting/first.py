"""One record as markup: its photos, its name, where it stands."""

from markupsafe import Markup

from observations.occurrences.audience import View
from observations.occurrences.occurrence import Occurrence, Photograph, PublicOccurrence
from observations.verification.decisions import Decision
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.sighting import status, words
from pages.parts.wording import _


def photos(view: View) -> list[Markup]:
    """Every photo, whole, with its licence."""
    record = record_of(view)
    occurrences = store().occurrences
    read = occurrences.photographs if view.whole else occurrences.public_photographs
    shown = read(record.occurrence_id)
    name = words.name_of(record)
    if not shown:
        blank = cards.picture(None, _("没有照片"), record.group_code or "")
        return [Markup('<figure class="g-card g-shot">{}</figure>').format(blank)]
    seals = [cards.seal("verified") if _is_verified(view) else "", *[""] * len(shown)]
    return [_photo(photo, name, seal) for photo, seal in zip(shown, seals, strict=False)]


def _photo(photo: Photograph, name: str, mark: cards.Text) -> Markup:
    source = cards.photo(photo.sha256, "large")
    rights = _("保留全部权利") if photo.licence == "all rights reserved" else photo.licence
    caption = _("照片：{rights}").format(rights=rights)
    figure = (
        '<figure class="g-card g-shot">'
        '<a class="g-zoom" href="{}" target="_blank" title="{}">{}</a>{}'
        '<figcaption class="g-sub">{}</figcaption></figure>'
    )
    picture = cards.picture(source, name)
    return Markup(figure).format(source, _("打开大图"), picture, mark, caption)


def head(view: View, latest: Decision | None) -> list[Markup]:
    """Its name and where it stands; `latest` is what was said of it last."""
    record = record_of(view)
    badge = (
        status.badge(view.whole, latest) if view.whole else cards.state(record.verification_status)
    )
    mark = cards.demo_mark() if record.is_demo else ""
    line = Markup('<p class="g-row g-wrap">{} {} {}</p>')
    title = cards.title(words.name_of(record))
    line = line.format(cards.latin(record.scientific_name), badge, mark)
    standing = status.explained(view.whole, latest) if view.whole else status.words(record)
    return [cards.together(title, line), Markup("<p>{}</p>").format(standing)]


def not_here() -> Markup:
    """No such record, or none for this visitor: the same words for both."""
    text = _("它可能还没有公开，也可能被撤回了。别的遇见都在地图上。")
    link = cards.button(_("看看地图"), "/map", quiet=True)
    return cards.empty("search", _("没有找到这次遇见"), text, link)


def record_of(view: View) -> Occurrence | PublicOccurrence:
    """The whole record where the visitor may see it, else its public side."""
    record = view.whole or view.public
    assert record is not None  # a view shows one or the other
    return record


def _is_verified(view: View) -> bool:
    return view.public is not None and view.public.verification_status.startswith("accepted")
