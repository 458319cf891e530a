// A photograph in the page: large, to be zoomed into, with the others of its page one tap further.

const SWIPE_PX = 48;

/** Open the photograph of a link, with those of its page.
 *  @param {HTMLElement} link */
export function tapped(link) {
  const page = link.closest("main, #splash, #root") ?? /** @type {ParentNode} */ (link.getRootNode());
  const all = /** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("a.g-zoom"));
  const links = [...all].filter((one) => one.getClientRects().length > 0); // the desk's next ones are unseen
  const viewer = new Viewer(links, links.indexOf(/** @type {HTMLAnchorElement} */ (link)));
  viewer.show();
}

/** @param {string} sign
 *  @param {string} label
 *  @param {() => void} onclick */
function button(sign, label, onclick) {
  const node = document.createElement("button");
  Object.assign(node, { type: "button", textContent: sign, title: label, onclick });
  node.setAttribute("aria-label", label);
  return node;
}

class Viewer {
  /** @param {HTMLAnchorElement[]} links
   *  @param {number} at */
  constructor(links, at) {
    this.links = links;
    this.at = at;
    this.startX = 0;
    const { words = "" } = links[at].dataset;
    const [close, before, after, zoom] = words.split("|");
    this.dialog = document.createElement("dialog");
    this.dialog.className = "g-viewer";
    this.picture = document.createElement("img");
    this.stage = document.createElement("div");
    this.stage.append(this.picture);
    this.count = document.createElement("p");
    this.count.setAttribute("role", "status");
    this.zoomer = button("+", zoom, () => this.zoom());
    this.dialog.append(button("×", close, () => this.dialog.close()), this.count, this.zoomer, this.stage);
    if (links.length > 1) {
      this.dialog.append(button("‹", before, () => this.turn(-1)), button("›", after, () => this.turn(1)));
    }
    this.listen();
  }

  listen() {
    this.picture.onclick = () => this.zoom();
    this.stage.onpointerdown = ({ clientX }) => { this.startX = clientX; };
    this.stage.ontouchend = ({ changedTouches, touches }) => {
      const way = changedTouches[0].clientX - this.startX;
      const isPinched = touches.length > 0 || (visualViewport?.scale ?? 1) > 1.05;
      if (!this.isZoomed && !isPinched && Math.abs(way) > SWIPE_PX) this.turn(way < 0 ? 1 : -1);
    };
    this.dialog.onkeydown = ({ key }) => {
      if (key === "ArrowLeft") this.turn(-1);
      if (key === "ArrowRight") this.turn(1);
    };
    this.dialog.onclose = () => this.end();
  }

  /** The browser closes a dialog on Escape, and on a phone by its way back. */
  show() {
    this.draw();
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  end() {
    this.dialog.remove();
    this.links[this.at].focus({ preventScroll: true });
  }

  draw() {
    const link = this.links[this.at];
    this.picture.src = link.href;
    this.picture.alt = link.querySelector("img")?.alt ?? link.title;
    this.count.textContent = this.links.length > 1 ? `${this.at + 1} / ${this.links.length}` : "";
    this.stage.removeAttribute("data-zoomed");
    this.zoomer.setAttribute("aria-pressed", "false");
    this.zoomer.textContent = "+";
  }

  /** @param {number} step */
  turn(step) {
    this.at = (this.at + step + this.links.length) % this.links.length;
    this.draw();
  }

  get isZoomed() {
    return this.stage.hasAttribute("data-zoomed");
  }

  zoom() {
    const isZoomed = this.stage.toggleAttribute("data-zoomed");
    this.zoomer.setAttribute("aria-pressed", String(isZoomed));
    this.zoomer.textContent = isZoomed ? "−" : "+";
    if (isZoomed) {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.stage;
      this.stage.scrollTo((scrollWidth - clientWidth) / 2, (scrollHeight - clientHeight) / 2);
    }
  }
}
