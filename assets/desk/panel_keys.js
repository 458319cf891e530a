// The desk's keys while a panel opens and is open: what is typed goes into the panel's field, and
// never decides anything. Streamlit draws the panel a moment after the key that opens it; what is
// typed in that moment is held and put into the field.

const PANEL_KEYS = { n: "rename", q: "query", x: "reject" };
const TEXT = "input:not([type=checkbox], [type=radio]), textarea";
const FIELD = `.st-key-decide :is(${TEXT})`;
const REASONS = ".st-key-reasons";
const EDITABLE = `${TEXT}, select, [contenteditable=true]`;
const PATIENCE_MS = 10_000; // a panel that has not come by then is not coming

const button = (name) => document.querySelector(`.st-key-decide [class*="st-key-${name}_"] button`);
const panelField = () => document.querySelector(FIELD);

let end = () => {};

/** Watch the keys of the whole page, once; returns what ends the watch. */
export function watch() {
  end();
  let opening = null; // {typed, since} from the key that opens a panel until the panel is there

  function hold(event) {
    if (event.key.length === 1) opening.typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const field = panelField();
    const isTyping = event.target instanceof Element && event.target.closest(EDITABLE);
    if (event.key === "Escape" && isTyping && event.target === field) button("back")?.click();
    if (isTyping || event.key.length !== 1) return;
    if (opening && performance.now() - opening.since > PATIENCE_MS) opening = null;
    if (opening) hold(event);
    else if (field && event.key !== " ") {
      event.stopImmediatePropagation();
      field.focus(); // the key itself is typed where the focus is now
    } else if (button(PANEL_KEYS[event.key.toLowerCase()])) {
      opening = { typed: "", since: performance.now() };
    }
  }

  function onDrawn() {
    const field = panelField();
    if (field && field !== focused) {
      field.focus({ preventScroll: true });
      if (opening?.typed) document.execCommand("insertText", false, opening.typed);
    }
    focused = field;
    if (field || document.querySelector(REASONS)) opening = null;
  }

  let focused = null;
  const drawn = new MutationObserver(onDrawn);
  drawn.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("keydown", onKey, true);
  onDrawn();
  end = () => {
    drawn.disconnect();
    window.removeEventListener("keydown", onKey, true);
  };
  return end;
}
