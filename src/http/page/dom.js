// Making elements. Text is always set as text: what articles say is never read as HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "key") element.dataset.key = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An HTML element: `h("a", { href, class }, "words", other)`. */
export const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/** An SVG element. */
export const s = (name, properties, ...children) => fill(document.createElementNS(SVG, name), properties, children);

export const byId = (id) => document.getElementById(id);

/** Puts new content into a place, and the focus back to where it was: elements that stay have the same `key`. */
export function replace(place, ...children) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const scrolled = [...place.querySelectorAll("[data-scroll]")].map((element) => [element.dataset.scroll, element.scrollLeft]);
  const { scrollTop } = place;
  place.replaceChildren(...children.flat(Infinity).filter(Boolean));
  place.scrollTop = scrollTop;
  for (const [name, left] of scrolled) {
    const element = place.querySelector(`[data-scroll="${name}"]`);
    if (element) element.scrollLeft = left;
  }
  if (focused !== undefined) {
    const again = [...place.querySelectorAll("[data-key]")].find((element) => element.dataset.key === focused);
    again?.focus({ preventScroll: true });
  }
}
