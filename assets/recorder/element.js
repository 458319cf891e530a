// Elements built from plain values. Text is always set as text, never parsed as HTML.

/** @import { Child, Settings } from "./types" */

const SVG = "http://www.w3.org/2000/svg";
const SYMBOLS = new URL("../icons/symbols.svg", import.meta.url).href;

/** element("button", { class: "main", onclick }, "words", child): properties, attributes, children.
 *  @template {keyof HTMLElementTagNameMap} T
 *  @param {T} tag
 *  @param {Settings<HTMLElementTagNameMap[T]>} settings
 *  @param {...(Child | Child[])} children
 *  @returns {HTMLElementTagNameMap[T]} */
export function element(tag, settings = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Give `node` one property (those that start with "on", and live values) or one attribute.
 *  @param {Element} node
 *  @param {string} name
 *  @param {unknown} value */
export function set(node, name, value) {
  if (value === undefined) return;
  const isProperty = name.startsWith("on") || ["value", "checked", "hidden", "disabled"].includes(name);
  if (isProperty) Object.assign(node, { [name]: value });
  else if (value === null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** The element in `root` that a selector matches. Throws when there is none.
 *  @param {ParentNode} root
 *  @param {string} selector */
export function one(root, selector) {
  const node = root.querySelector(selector);
  if (node instanceof HTMLElement) return node;
  throw new Error(`no ${selector}`);
}

/** One of the icons, as decoration: the text beside it says the same.
 *  @param {string} name */
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

/** An id that is unique in this document.
 *  @param {string} name */
export function fresh(name) {
  counted += 1;
  return `luji-${name}-${counted}`;
}

/** A button with text.
 *  @param {string} className
 *  @param {string} words
 *  @param {() => unknown} onclick
 *  @param {...Child} before */
export function button(className, words, onclick, ...before) {
  return element("button", { type: "button", class: className, onclick }, ...before, words);
}
