// Minerals by country: a table with a number and a line for each pair; with one of the two chosen, a list.

import { h, replace } from "./dom.js";
import { capital, count, country, date, lastDay, mineral, plural, step } from "./format.js";
import { spark } from "./spark.js";
import { go, link } from "./state.js";

const narrow = matchMedia("(max-width: 700px)");
const ROWS = { few: 14, all: 60 };
const COLUMNS = 40;
/** Widths of what stands beside the countries, and of a country, in pixels. */
const [BESIDE, COLUMN] = [330, 70];
const LISTED = 25;
let wide = false; // all rows and columns
let listedAll = false;

function heading(state, answer) {
  const about = state.mineral ? mineral(state.mineral) : state.country ? country(state.country) : "Minerals by country";
  const inWords = state.mineral && !state.country ? " by country" : state.country && !state.mineral ? " by mineral" : "";
  const { span } = answer;
  return h("header", { class: "head" },
    h("h2", { id: "pairs-title" }, `${about}${inWords}`),
    h("p", { class: "sub" }, `mentions in articles published ${date(span.from)} – ${lastDay(span.to)}, ${step(span.step_hours)} (UTC)`),
    views(state));
}

function views(state) {
  if (state.mineral || state.country) return null;
  const shown = view(state);
  const choice = (name, label) => h("a", { ...link({ view: name }), key: `view-${name}`, "aria-current": shown === name ? "true" : undefined }, label);
  return h("nav", { class: "segments", "aria-label": "How pairs are shown" }, choice("table", "Table"), choice("list", "List"));
}

/** A list where a table has no room, or only one row. */
function view(state) {
  if (state.mineral || state.country) return "list";
  return state.view ?? (narrow.matches ? "list" : "table");
}

export function showPairs(place, state, answer) {
  const note = ["person", "organisation", "event", "q"].some((name) => state[name])
    ? h("p", { class: "hint" }, "The totals are those of all articles: people, organisations, events and words filter the articles only.")
    : null;
  const body = answer.pairs.length === 0 ? empty(state, answer) : view(state) === "list" ? list(state, answer) : table(answer, place.clientWidth);
  replace(place, heading(state, answer), note, body);
}

function empty(state, answer) {
  const { coverage } = answer;
  if (!coverage.first) {
    const still = coverage.state === "catching_up";
    return h("div", { class: "message" },
      h("p", {}, still ? "The timeline is being read…" : "Nothing has been counted yet."),
      h("p", { class: "sub" }, still ? "Totals appear as they are read." : "As soon as an article with a mineral is committed, it shows here."));
  }
  return h("div", { class: "message" },
    h("p", {}, "No mention in this span of time."),
    h("p", {}, h("a", { ...link({ span: "all", from: undefined, to: undefined }), key: "show-all" }, "Show all times"),
      (state.mineral || state.country) && [" · ", h("a", { ...link({ mineral: undefined, country: undefined }), key: "show-pairs" }, "Show all minerals and countries")]));
}

function table(answer, width) {
  const size = wide ? "all" : "few";
  const fitting = wide ? COLUMNS : Math.max(4, Math.min(12, Math.floor((width - BESIDE) / COLUMN)));
  const rows = answer.minerals.slice(0, ROWS[size]).map((row) => row.id);
  const columns = answer.countries.filter((row) => row.id !== "none").slice(0, fitting).map((row) => row.id);
  if (answer.countries.some((row) => row.id === "none")) columns.push("none");
  const pairs = new Map(answer.pairs.map((pair) => [`${pair.mineral} ${pair.country}`, pair]));
  const most = Math.max(1, ...answer.pairs.filter((pair) => pair.country !== "none").map((pair) => pair.mentions));
  const sums = new Map(answer.minerals.map((row) => [row.id, row.mentions]));
  const countrySums = new Map(answer.countries.map((row) => [row.id, row.mentions]));

  const head = h("tr", {},
    h("th", { scope: "col", class: "corner" }, h("span", { class: "hidden" }, "Mineral")),
    columns.map((code) => h("th", { scope: "col", class: code === "none" ? "none" : undefined },
      h("a", { ...link({ country: code }), key: `column-${code}`, title: country(code) },
        h("span", { class: "code" }, code === "none" ? "none" : code), h("span", { class: "name" }, country(code))))),
    h("th", { scope: "col", class: "sum" }, "all"));
  const cell = (id, code, at) => {
    const pair = pairs.get(`${id} ${code}`);
    if (!pair) return h("td", { class: "zero" }, h("span", { "aria-hidden": "true" }, "·"), h("span", { class: "hidden" }, "0"));
    const name = `${mineral(id)}, ${country(code)}`;
    const label = `${name}: ${plural(pair.mentions, "mention")} in ${plural(pair.articles, "article")}, ${date(pair.first)} to ${date(pair.last)}`;
    const anchor = h("a", {
      ...link({ mineral: id, country: code }), key: `cell-${id}-${code}`, "aria-label": label, title: label,
      tabindex: at === 0 ? 0 : -1, class: "cell",
    }, h("span", { class: "number" }, count(pair.mentions)), spark(pair.series, 56, 13));
    if (code !== "none") anchor.style.setProperty("--heat", `${Math.round(8 + 72 * Math.sqrt(pair.mentions / most))}%`);
    return h("td", {}, anchor);
  };
  let first = 0;
  const body = rows.map((id) => h("tr", {},
    h("th", { scope: "row" }, h("a", { ...link({ mineral: id }), key: `row-${id}`, title: mineral(id) }, mineral(id))),
    columns.map((code) => {
      const made = cell(id, code, first);
      if (made.firstChild.tagName === "A") first += 1;
      return made;
    }),
    h("td", { class: "sum" }, count(sums.get(id) ?? 0))));
  const foot = h("tr", {}, h("th", { scope: "row" }, "all"),
    columns.map((code) => h("td", { class: "sum" }, count(countrySums.get(code) ?? 0))),
    h("td", { class: "sum" }, count(answer.mentions)));
  const hidden = wide || answer.minerals.length > ROWS.few || columns.length < answer.countries.length;
  return [
    h("div", { class: "scroll", "data-scroll": "matrix", tabindex: -1 },
      h("table", { class: "matrix", onkeydown: arrows },
        h("caption", { class: "hidden" }, "Mentions of minerals by country. Arrow keys move between pairs, Enter opens one."),
        h("thead", {}, head), h("tbody", {}, body), h("tfoot", {}, foot))),
    hidden && h("p", { class: "more" }, h("button", { type: "button", key: "wide", onclick: () => { wide = !wide; go({}); } },
      wide ? "Show fewer" : `Show more: ${plural(answer.minerals.length, "mineral")}, ${plural(answer.countries.length, "country", "countries")}`)),
  ];
}

/** Arrow keys go from pair to pair. */
function arrows(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const from = event.target.closest("td");
  if (!step || !from) return;
  event.preventDefault();
  let [row, column] = [from.parentElement, from.cellIndex];
  for (;;) {
    if (step[0] > 0) row = row.nextElementSibling;
    if (step[0] < 0) row = row.previousElementSibling;
    column += step[1];
    const next = row?.cells[column];
    if (!next) return;
    const anchor = next.querySelector("a.cell");
    if (anchor) {
      event.currentTarget.querySelector('a.cell[tabindex="0"]')?.setAttribute("tabindex", "-1");
      anchor.setAttribute("tabindex", "0");
      anchor.focus();
      return;
    }
  }
}

function list(state, answer) {
  const shown = answer.pairs.slice(0, listedAll ? answer.pairs.length : LISTED);
  const most = Math.max(1, ...answer.pairs.map((pair) => pair.mentions));
  const stories = answer.pairs.some((pair) => pair.stories !== undefined);
  const name = (pair) => {
    const parts = [];
    if (!state.mineral) parts.push(h("strong", {}, mineral(pair.mineral)));
    if (!state.country) parts.push(h(state.mineral ? "strong" : "span", {}, country(pair.country)));
    return parts.length > 1 ? [parts[0], " ", parts[1]] : parts;
  };
  const row = (pair) => {
    const size = h("span", { class: "size" });
    size.style.setProperty("--size", `${(100 * pair.mentions) / most}%`);
    return h("tr", {},
      h("th", { scope: "row" }, h("a", { ...link({ mineral: pair.mineral, country: pair.country }), key: `pair-${pair.mineral}-${pair.country}` }, name(pair)), size),
      h("td", { class: "line" }, spark(pair.series)),
      h("td", { class: "big" }, count(pair.mentions)),
      h("td", { class: "count" }, count(pair.articles)),
      stories && h("td", { class: "count" }, count(pair.stories ?? 0)),
      h("td", { class: "when" }, date(pair.first)));
  };
  const label = state.mineral ? "Country" : state.country ? "Mineral" : "Mineral and country";
  const left = answer.pairs.length - shown.length;
  return [
    h("table", { class: "list" },
      h("caption", { class: "hidden" }, capital(`mentions by ${label.toLowerCase()}, most first`)),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, label), h("th", { scope: "col", class: "line" }, h("span", { class: "hidden" }, "Over time")),
        h("th", { scope: "col" }, "mentions"), h("th", { scope: "col", class: "count" }, "articles"), stories && h("th", { scope: "col", class: "count", title: "articles that were the first to tell their story: ten copies of one report are one" }, "stories"), h("th", { scope: "col", class: "when" }, "since"))),
      h("tbody", {}, shown.map(row))),
    (left > 0 || listedAll) && h("p", { class: "more" }, h("button", { type: "button", key: "all-pairs", onclick: () => { listedAll = !listedAll; go({}); } },
      listedAll ? "Show fewer" : `Show ${plural(left, "more pair")}`)),
    answer.more > 0 && h("p", { class: "hint" }, `${count(answer.more)} further pairs have fewer mentions than any of these.`),
  ];
}
