// What a tap did is said where it can be read: a message that came out of sight is scrolled to.

const MARGIN_PX = 12;
const said = new Set();

/** Look for a message that has just come (`last_tap.say` of `pages/parts/last_tap.py`). */
export function findSaid() {
  for (const message of document.querySelectorAll("#root .g-said")) {
    if (!(message instanceof HTMLElement)) continue;
    const { said: name } = message.dataset;
    if (said.has(name)) continue;
    said.add(name);
    requestAnimationFrame(() => { if (!isInSight(message)) message.scrollIntoView({ block: "center" }); });
  }
}

/** Whether all of it lies between the bar at the top and what stands at the bottom.
 *  @param {Element} message */
function isInSight(message) {
  const { top, bottom, height } = message.getBoundingClientRect();
  const foot = document.querySelector("#root .stBottom");
  if (!height || foot?.contains(message)) return true;
  const low = foot?.getBoundingClientRect().top ?? innerHeight;
  const bar = document.querySelector("#root .st-key-topbar")?.getBoundingClientRect().bottom ?? 0;
  return top >= Math.max(0, bar) + MARGIN_PX && bottom <= Math.min(innerHeight, low) - MARGIN_PX;
}
