// Texts with what is named in them. Offsets count Unicode scalar values, as Array.from parts a string.

import { h } from "./dom.js";
import { country, mineral } from "./format.js";

const KINDS = { mineral: "mineral", country: "country", place: "place", person: "person", organisation: "organisation" };

function title(mark) {
  const names = { mineral, country };
  const name = names[mark.kind] ? names[mark.kind](mark.id) : mark.id.replaceAll("-", " ");
  return `${name} (${KINDS[mark.kind] ?? mark.kind})`;
}

/** The nodes of a stretch from `start` on: marks, and evidence (ranges) under them. `characters` begin at `offset`. */
export function marked(characters, marks, { start = 0, end = characters.length, offset = 0, evidence = [] } = {}) {
  const edges = new Set([start, end]);
  const inside = (at) => at > start && at < end;
  for (const range of [...marks, ...evidence]) {
    if (inside(range.start)) edges.add(range.start);
    if (inside(range.end)) edges.add(range.end);
  }
  const cuts = [...edges].sort((one, other) => one - other);
  const nodes = [];
  let next = 0;
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [from, to] = [cuts[at], cuts[at + 1]];
    const text = characters.slice(from - offset, to - offset).join("");
    while (next < marks.length && marks[next].end <= from) next += 1;
    const mark = marks[next]?.start <= from ? marks[next] : undefined;
    const says = evidence.find((range) => range.start <= from && range.end >= to);
    const classes = [mark && `is-${mark.kind}`, says && "evidence", says?.target && "target"].filter(Boolean).join(" ");
    if (mark) nodes.push(h("mark", { class: classes, title: title(mark) }, text));
    else if (says) nodes.push(h("span", { class: classes }, text));
    else nodes.push(document.createTextNode(text));
  }
  return nodes;
}

/** An excerpt of an answer. */
export function excerpt(part, name = "p", properties = {}) {
  const nodes = marked(Array.from(part.text), part.marks);
  return h(name, { lang: part.lang === "und" ? undefined : part.lang, ...properties }, nodes, part.cut && "…");
}
