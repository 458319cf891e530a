// What somebody chose of how the site looks, remembered by their browser for a year: the cookie is
// read by the page's first script, and the style sheet does the rest.

const A_YEAR_S = 31_536_000;

/** A tap on a button with `data-remember`: "large" turns large type on and off, "met" puts the pictures
 *  for newcomers away.
 *  @param {HTMLElement} button */
export function tapped(button) {
  const { dataset } = document.documentElement;
  if (button.dataset.remember === "met") {
    met();
    return;
  }
  const isLarge = !("large" in dataset);
  if (isLarge) dataset.large = "";
  else delete dataset.large;
  keep("luji_large", isLarge);
  dispatchEvent(new Event("resize"));   // maps measure their boxes anew
}

/** Whoever uses this browser needs no pictures for newcomers any more. */
export function met() {
  delete document.documentElement.dataset.new;
  keep("luji_met", true);
}

/** @param {string} name
 *  @param {boolean} isOn */
function keep(name, isOn) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=1; Path=/; SameSite=Lax; Max-Age=${isOn ? A_YEAR_S : 0}${secure}`;
}
