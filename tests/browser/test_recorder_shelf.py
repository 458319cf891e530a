"""What the phone keeps: an older version's draft opens, nothing sent stays, nothing is orphaned."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.recording import Recorder
from tests.support import photographs

# As version 1 of the app wrote them: one draft, one sighting that was handed in.
VERSION_1 = """async ({ photo, ids }) => {
    const open = indexedDB.open("luji", 1);
    const shelves = { drafts: "id", photos: "upload_id", outbox: "id", facts: "key" };
    open.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(shelves))
            open.result.createObjectStore(name, { keyPath });
    };
    const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const blob = new Blob([new Uint8Array(photo)], { type: "image/jpeg" });
    const place = { latitude: 30.2694, longitude: 120.0631, uncertainty_m: 8, source: "device",
        name: null };
    const row = (id, upload, more) => ({
        v: 1, id, is_open: false, event_date: "2026-05-09T09:42:00+08:00", time_known: true,
        time_source: "photo", place, taxon: null, name: "", is_unknown: false, group: null,
        count: null, establishment_means: null, note: "", hide_exact_place: false,
        photos: [{ upload_id: upload, name: "p.jpg", type: "image/jpeg", from: "album",
            state: "waiting", facts: { place: null, taken: "2026-05-09T09:42:00+08:00" } }],
        ...more,
    });
    const writing = database.transaction(Object.keys(shelves), "readwrite");
    writing.objectStore("drafts").put(row(ids[0], ids[1], { name: "池鹭", note: "在水边" }));
    writing.objectStore("outbox").put(row(ids[2], ids[3], { name: "夜鹭" }));
    for (const [id, draft] of [[ids[1], ids[0]], [ids[3], ids[2]], [ids[4], "gone"]])
        writing.objectStore("photos").put({ v: 1, upload_id: id, draft_id: draft, blob });
    await new Promise((done) => { writing.oncomplete = done; });
    database.close();
}"""
KEPT = """async () => {
    const shelf = await import("/assets/recorder/shelf.js");
    const rows = await Promise.all(["drafts", "outbox", "photos"].map((name) => shelf.all(name)));
    return rows.map((found) => found.map(({ v, id, upload_id, batch }) => (
        { v, id: id ?? upload_id, batch })));
}"""
IDS = [f"019e0a00-0000-7000-8000-00000000000{n}" for n in range(5)]


@pytest.fixture
def recorder(phone: BrowserContext, tmp_path: Path) -> Recorder:
    """A browser that agreed once, on a page of the site without a recorder."""
    page = phone.new_page()
    opened = Recorder(page, tmp_path).open()
    opened.album(photographs.hangzhou_jpeg())
    opened.agree()
    opened.ready()
    opened.send()
    opened.receipt()
    page.goto("/healthz")
    return opened


def kept(page: Page) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = page.evaluate(KEPT)
    return found


def test_what_was_sent_has_left_the_phone(recorder: Recorder) -> None:
    assert kept(recorder.page) == [[], [], []]


def test_a_draft_of_the_first_version_opens_and_its_outbox_is_sent(recorder: Recorder) -> None:
    page = recorder.page
    deleted = "new Promise(done => { indexedDB.deleteDatabase('luji').onsuccess = done; })"
    page.evaluate(f"async () => {{ await {deleted}; }}")
    photo = list(photographs.plain_jpeg((320, 240)))
    page.evaluate(VERSION_1, {"photo": photo, "ids": IDS})

    drafts, outbox, photos = kept(page)

    assert [(row["v"], row["batch"]) for row in drafts] == [(2, IDS[0])]
    assert [(row["v"], row["batch"]) for row in outbox] == [(2, IDS[2])]
    assert len(photos) == 3

    recorder.open()
    expect(page.locator(".notice").first).to_contain_text("1 条，已收到", timeout=30_000)
    expect(page.locator(".offer")).to_contain_text("池鹭")
    page.get_by_role("button", name="继续").tap()
    expect(page.get_by_label("还想说点什么？")).to_have_value("在水边")
    recorder.ready()
    recorder.send()
    recorder.receipt()

    assert recorder.sent()["id"] == IDS[0]
    assert recorder.sent()["place"]["datum"] == "WGS-84"
    names = {each.post_data_json["name"] for each in recorder.posted if "/records" in each.url}
    assert {"池鹭", "夜鹭"} <= names
    assert kept(page) == [[], [], []]  # the photograph of no draft went too


def test_a_photo_that_the_server_cleared_away_is_sent_again(recorder: Recorder) -> None:
    page = recorder.page
    recorder.open()
    recorder.album(photographs.plain_jpeg())
    recorder.ready()
    page.get_by_role("combobox", name="它是谁？").fill("夜鹭")
    page.get_by_role("button", name="选地名").tap()
    page.get_by_role("combobox", name="地名").fill("西湖")
    page.get_by_role("option", name="西湖区").first.tap()
    page.locator(".fact").nth(1).tap()
    page.get_by_role("button", name="就是现在").tap()
    error = {"error": {"code": "photo.unknown", "message": "x", "field": "photos"}}
    page.route("**/api/v1/records", lambda route: route.fulfill(status=422, json=error), times=1)
    recorder.send()

    recorder.receipt()
    uploads = [each for each in recorder.posted if each.url.endswith("/media")]
    ids = [each.headers["x-upload-id"] for each in uploads]
    assert len(ids) == 3
    assert ids[-1] == ids[-2]
