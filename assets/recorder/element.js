// Elements built from plain values. Text is always set as text, never parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";
const SYMBOLS = new URL("../icons/symbols.svg", import.meta.url).href;

/** element("button", { class: "main", onclick }, "words", child): properties, attributes, children. */
export function element(tag, settings = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Give `node` one property (those that start with "on", and live values) or one attribute. */
export function set(node, name, value) {
  if (value === undefined) return;
  const isProperty = name.startsWith("on") || ["value", "checked", "hidden", "disabled"].includes(name);
  if (isProperty) node[name] = value;
  else if (value === null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

/** One of the drawn icons, as decoration: the words beside it say the same. */
export function icon(name, className = "icon") {
  const picture = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  picture.setAttribute("class", className);
  picture.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${SYMBOLS}#${name}`);
  picture.append(use);
  return picture;
}

let counted = 0;

/** An id that no other part of this document has. */
export function fresh(name) {
  counted += 1;
  return `luji-${name}-${counted}`;
}

/** A button with words in it. */
export function button(className, words, onclick, ...before) {
  return element("button", { type: "button", class: className, onclick }, ...before, words);
}
