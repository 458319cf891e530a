"""The recorder's first screen: its scripts start in it, before the page's own script has run."""

from markupsafe import Markup

from pages.parts.assets import asset_url
from pages.parts.first_screen import Query, Screen, json_element, keyed
from pages.parts.recorder.recorder import public_data
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.wording import _, language

# Streamlit's scripts wait for the recorder, but not for ever.
START = Markup(
    """<script type="module" async>
const { words, data } = JSON.parse(document.getElementById("recorder-data").textContent);
const started = import("RECORDER")
  .then(({ start }) => start(document.getElementById("recorder-host"), { words, data }));
Promise.race([started, new Promise((late) => setTimeout(late, 4000))]).catch(console.warn)
  .finally(() => {
    const rest = document.getElementById("streamlit");
    document.head.append(rest.content.cloneNode(true));
  });
</script>""".replace("RECORDER", asset_url("recorder/recorder.js"))
)


def screen(query: Query) -> Screen:
    """The place of the recorder, its words and its limits; who is asking is not known."""
    host = Markup('<div class="s-recorder" id="recorder-host"><p role="status">{}</p></div>')
    data = {"words": recorder_words(language()), "data": public_data(query)}
    parts = (host.format(_("正在打开")), json_element("recorder-data", data), START)
    return Screen(keyed("narrow", Markup("").join(parts)), script="recorder/recorder.js")
