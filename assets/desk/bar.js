// The desk's bar of keys as its modules find it: Streamlit names each button's box after the key, the
// subject and the state that it was drawn for.

export const TEXT = "input:not([type=checkbox], [type=radio]), textarea";
export const EDITABLE = `${TEXT}, select, [contenteditable=true]`;
const SETTLING_FRAMES = 60;
const NAMED = /\bst-key-([a-z_]+?\d*)_([0-9a-f]{8}-[0-9a-f-]{27})_/;

/** The button of a key, where it is drawn.
 *  @param {string} name
 *  @returns {HTMLElement | null} */
export const button = (name) =>
  document.querySelector(`.st-key-desk_one [class*="st-key-${name}_"] button`);

/** The key that a button is, and the subject that it was drawn for.
 *  @param {Element | null | undefined} node */
export function keyOf(node) {
  const box = node?.closest('.st-key-desk_one [class*="st-key-"]');
  const [, name = "", subject = ""] = NAMED.exec(box?.className ?? "") ?? [];
  return { name, subject };
}

/** Put `text` into a field that was drawn just now, again where React empties it: what a component
 *  does after its first drawing may come after this.
 *  @param {HTMLElement} field
 *  @param {string} text */
export function keepText(field, text, frames = SETTLING_FRAMES) {
  const now = "value" in field ? String(field.value) : "";
  if (!now && document.activeElement === field) document.execCommand("insertText", false, text);
  if (frames && field.isConnected) requestAnimationFrame(() => keepText(field, now || text, frames - 1));
}

/** The subject whose keys are drawn; "" where none are. */
export const subject = () => keyOf(document.querySelector('.st-key-decide [class*="st-key-skip_"] button')).subject;
