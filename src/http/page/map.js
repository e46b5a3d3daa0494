// The world, by mentions. The table beside it says the same for those who cannot see it.

import { h, replace, s } from "./dom.js";
import { count, country, mineral, plural } from "./format.js";
import { go } from "./state.js";

let world;

async function geometry() {
  world ??= await (await fetch("/assets/world.json")).json();
  return world;
}

export async function showMap(place, state, answer) {
  let shapes;
  try {
    shapes = await geometry();
  } catch {
    replace(place, h("h2", { id: "map-title" }, "Map"), h("p", { class: "message" }, "The map could not be loaded."));
    return;
  }
  const shown = JSON.stringify([answer.countries, answer.span, state.mineral, state.country]);
  if (place.dataset.shown === shown && place.querySelector("svg")) return;
  place.dataset.shown = shown;
  const sums = new Map(answer.countries.filter((row) => row.id !== "none").map((row) => [row.id, row.mentions]));
  const most = Math.max(1, ...sums.values());
  const shape = (code, made) => {
    const mentions = sums.get(code) ?? 0;
    if (mentions > 0) {
      made.style.setProperty("--heat", `${Math.round(12 + 78 * Math.sqrt(mentions / most))}%`);
      made.classList.add("some");
      made.dataset.country = code;
      made.append(s("title", {}, `${country(code)}: ${plural(mentions, "mention")}`));
    }
    if (state.country === code) made.classList.add("chosen");
    return made;
  };
  const chosen = (event) => {
    const code = event.target.closest("[data-country]")?.dataset.country;
    if (code) go({ country: state.country === code ? undefined : code });
  };
  const dots = Object.entries(shapes.dots).filter(([code]) => sums.has(code) || state.country === code);
  const label = sums.size === 0 ? "World map: no mentions" : `World map of mentions; most: ${country([...sums.keys()][0])}. The table lists all countries.`;
  const chart = s("svg", { viewBox: `0 0 ${shapes.width} ${shapes.height}`, role: "img", "aria-label": label, onclick: chosen },
    Object.entries(shapes.paths).map(([code, path]) => shape(code, s("path", { d: path }))),
    dots.map(([code, [cx, cy]]) => shape(code, s("circle", { cx, cy, r: 5 }))));
  const top = [...sums].slice(0, 6);
  replace(place,
    h("header", { class: "head" }, h("h2", { id: "map-title" }, state.mineral ? `${mineral(state.mineral)}: where` : "Where"),
      h("p", { class: "sub" }, sums.size === 0 ? "no country in this span" : plural(sums.size, "country", "countries"))),
    h("div", { class: "world" }, chart),
    top.length > 0 && h("p", { class: "legend" }, h("span", { "aria-hidden": "true" }, "1", h("i", { class: "scale" }), count(most)),
      h("span", {}, top.map(([code, mentions], at) => [at > 0 && ", ", `${country(code)} ${count(mentions)}`]))));
}
