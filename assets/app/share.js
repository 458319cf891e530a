// Sharing a page: the phone's own list of apps where the browser has one, else the link is copied.

/** What was said is read beside the button.
 *  @param {HTMLElement} button */
export async function tapped(button) {
  const { share: path = "/", title = "", text = "", done = "", failed = "" } = button.dataset;
  const said = await shared({ title, text, url: new URL(path, location.origin).href });
  const status = button.nextElementSibling;
  if (status) status.textContent = { copied: done, failed, handed: "" }[said];
}

/** Hand a page over, or copy its link; "failed" where the browser allows neither.
 *  @param {{ title: string, text: string, url: string }} page
 *  @returns {Promise<"handed" | "copied" | "failed">} */
export async function shared(page) {
  if (navigator.share) {
    try {
      await navigator.share(page);
      return "handed";
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return "handed";
    }
  }
  return (await isCopied(page.url)) ? "copied" : "failed";
}

/** Only a page over HTTPS has the clipboard; the old way needs a field with the text chosen.
 *  @param {string} text */
async function isCopied(text) {
  const isWritten = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (isWritten) return true;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position: fixed; inset: 0 auto auto 0; opacity: 0";
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  return isDone;
}
