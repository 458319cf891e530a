// A tap on a text that is to be kept copies it, and says so.

/** @param {Event} event */
export async function copyTapped({ target }) {
  const button = target instanceof Element && target.closest("button[data-copy]");
  if (!(button instanceof HTMLElement)) return;
  const words = button.querySelector("[data-copied]");
  if (await copied(button.dataset.copy ?? "", button) && words instanceof HTMLElement) {
    words.textContent = words.dataset.copied ?? "";
  }
}

/** Whether it was copied. Where the page may not write to the clipboard, it is marked to be copied by hand.
 *  @param {string} text
 *  @param {HTMLElement} button */
async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(button.querySelector("code") ?? button);
    return document.execCommand("copy");
  }
}
