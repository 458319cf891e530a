// Shapes of SVG from plain values.

const SVG = "http://www.w3.org/2000/svg";

/** shape("path", { d }, child): attributes and children.
 *  @param {string} tag
 *  @param {Record<string, string | number>} settings
 *  @param {...(Element | string)} children
 *  @returns {SVGElement} */
export function shape(tag, settings, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(settings)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A point at an angle (radians, 0 is up) and a distance from the middle, rounded to a tenth.
 *  @param {number} angle
 *  @param {number} distance
 *  @returns {[number, number]} */
export function polar(angle, distance) {
  return [round(Math.sin(angle) * distance), round(-Math.cos(angle) * distance)];
}

/** @param {number} number */
const round = (number) => Math.round(number * 10) / 10;
