// Elements from plain values. Text is only ever set as text, so nothing that was typed or stored can become markup.

const kSvg = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * @param {Element} element
 * @param {Record<string, any>} attributes
 */
function set_attributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") /** @type {HTMLInputElement} */ (element).value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
function add_children(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add_children(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}

/**
 * An HTML element: h("p", {class: "quiet"}, "text", other).
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  add_children(element, children);
  set_attributes(element, attributes);
  return element;
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(kSvg, tag);
  set_attributes(element, attributes);
  add_children(element, children);
  return element;
}

/**
 * @param {string} id
 * @returns {any}
 */
export function by_id(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

/**
 * An address of a source as a link; anything but http and https stays text.
 * @param {string} address
 * @param {Child} [label]
 */
export function outer_link(address, label = address) {
  if (!/^https?:\/\//i.test(address)) return h("span", {}, label);
  return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, label);
}

/** Tells assistive technology what has happened. @param {string} text */
export function announce(text) {
  by_id("announce").textContent = text;
}

/**
 * Positions in answers count bytes of UTF-8. Cuts `text` at them: [before, piece, after].
 * @param {string} text
 * @param {number} begin
 * @param {number} end
 */
export function cut_at_bytes(text, begin, end) {
  const bytes = new TextEncoder().encode(text);
  const part = (/** @type {number} */ from, /** @type {number} */ to) =>
    new TextDecoder().decode(bytes.slice(from, to));
  return [part(0, begin), part(begin, end), part(end, bytes.length)];
}
