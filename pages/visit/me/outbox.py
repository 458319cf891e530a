"""The recorder's outbox (what waits on this phone to be sent) on a page without the recorder."""

import streamlit as st

from pages.parts.assets import asset_url
from pages.parts.recorder.recorder import consent_data
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.wording import language

# Streamlit runs the default export again with each new `data`; the sending must go on.
SCRIPT = """
const { mount } = await import(new URL("ADDRESS", location.origin).href);
const mounted = new WeakSet();
export default ({ data, parentElement, setTriggerValue }) => {
  if (mounted.has(parentElement)) return undefined;
  mounted.add(parentElement);
  const box = parentElement.getRootNode().host?.closest(".st-key-phone_outbox");
  const frame = box?.closest("[data-testid=stLayoutWrapper]") ?? box;
  const onDelivered = (count) => setTriggerValue("delivered", count);
  const end = mount(parentElement, { ...data, frame, onDelivered });
  return () => {
    mounted.delete(parentElement);
    end();
  };
};
""".replace("ADDRESS", asset_url("recorder/outbox_box.js"))

_box = st.components.v2.component("phone_outbox", html="<div></div>", js=SCRIPT)


def phone_outbox() -> None:
    """Draw the box, which is visible only where something waits.

    The page runs again when it has been sent, and then shows the sighting.
    """
    data = {"words": recorder_words(language()), "data": consent_data()}
    with st.container(key="phone_outbox"):
        _box(key="outbox_box", data=data, on_delivered_change=lambda: None)
