// The page: the address says what is shown, the API is asked for it, and each panel draws its answer.

import { ask } from "./api.js";
import { showArticle } from "./article.js";
import { isBeingRead, offerNew, showArticles } from "./articles.js";
import { byId, h, replace } from "./dom.js";
import { showFilters, showSpan } from "./filters.js";
import { count, date, learn, moment } from "./format.js";
import { startLive } from "./live.js";
import { showMap } from "./map.js";
import { showPair } from "./pair.js";
import { showPairs } from "./pairs.js";
import { startSearch } from "./search.js";
import { ARTICLE, PAIR, TIME_NAMES, link, onChange, query, read } from "./state.js";

/** New totals and articles are asked for at most this often. */
const REFRESH = 2_000;
const PAGE = 20;
/** Faults of the address, which no second attempt mends. */
const WRONG = ["unknown_mineral", "unknown_country", "bad_parameter", "bad_span"];

/** Parts of an answer that no panel shows. */
const UNSEEN = new Set(["enriched_at", "undated"]);

let asking;
const drawn = new WeakMap();
let running = 0; // requests to show something
let shown = 0; // articles in the list
let last;
let lastArticle;

/** Shows the state of the address. `quiet`: only what is new; nothing is cleared meanwhile. */
async function show(quiet = false) {
  const state = read();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  if (!last || JSON.stringify({ ...state, article: 0 }) !== JSON.stringify({ ...last, article: 0 })) shown = PAGE;
  last = state;
  showFilters(state);
  byId("overview").hidden = Boolean(state.article);
  byId("article").hidden = !state.article;
  byId("span").hidden = Boolean(state.article);
  byId("pair").hidden = !(state.mineral && state.country);
  byId("pairs").hidden = Boolean(state.mineral && state.country);
  byId("map").hidden = false;
  running += 1;
  try {
    await (state.article ? reading(state, signal, quiet) : overview(state, signal, quiet));
  } finally {
    running -= 1;
  }
}

/** Asks, and draws; a failure stands where the answer would. */
async function panel(place, signal, quiet, path, asked, draw) {
  if (!quiet) {
    place.setAttribute("aria-busy", "true");
    if (!place.firstElementChild || place.querySelector(".failure")) replace(place, h("p", { class: "message loading" }, "Loading…"));
  }
  try {
    const answer = await ask(path, asked, signal);
    learn(answer.names);
    // What is the same is left alone: a selection, a tooltip, the place where somebody reads.
    const same = JSON.stringify(answer, (name, value) => (UNSEEN.has(name) ? undefined : value));
    if (!quiet || drawn.get(place) !== same) await draw(answer);
    drawn.set(place, same);
    place.removeAttribute("aria-busy");
    return answer;
  } catch (error) {
    place.removeAttribute("aria-busy");
    if (error.name === "AbortError") return undefined;
    // An address that means nothing is told of once, not in every panel.
    if (place.id === "map" && WRONG.includes(error.code)) {
      place.hidden = true;
      place.replaceChildren();
      return undefined;
    }
    // What is shown stays while the service is away: the notice says so.
    if (!(quiet && error.code === "unreachable") || place.querySelector(".loading")) {
      replace(place, failure(error));
      drawn.delete(place);
    }
    if (!error.code) throw error;
    return undefined;
  }
}

function failure(error) {
  const wrong = WRONG.includes(error.code);
  return h("div", { class: "message failure", role: "alert" },
    h("p", {}, error.message),
    h("p", {},
      wrong ? h("a", { ...link({}, {}), key: "start-over" }, "Start over") : h("button", { type: "button", key: "again", onclick: () => show() }, "Try again"),
      error.code === "not_held" && [" ", h("a", { ...link({ article: undefined }), key: "back" }, "All articles")]));
}

async function overview(state, signal, quiet) {
  document.title = title();
  const both = state.mineral && state.country;
  const pairs = byId("pairs");
  const totals = async () => {
    if (both) {
      const answer = await panel(byId("pair"), signal, quiet, "series", query(state, [...PAIR, ...TIME_NAMES]), (it) => showPair(byId("pair"), state, it));
      if (answer) told(state, answer);
    } else {
      const answer = await panel(pairs, signal, quiet, "pairs", query(state, [...PAIR, ...TIME_NAMES]), (it) => showPairs(pairs, state, it));
      if (answer) told(state, answer);
      if (answer && !state.country) return showMap(byId("map"), state, answer);
    }
    if (signal.aborted) return undefined;
    // The map shows every country, chosen or not.
    const everywhere = query(state, ["mineral", ...TIME_NAMES], { limit: 1 });
    await panel(byId("map"), signal, quiet, "pairs", everywhere, (it) => showMap(byId("map"), state, it));
    return undefined;
  };
  const articles = () => {
    const asked = query(state, [...PAIR, ...ARTICLE, ...TIME_NAMES], { limit: Math.min(shown, 100) });
    return panel(byId("articles"), signal, quiet, "articles", asked, (it) => {
      const more = it.next && shown < 100 ? () => { shown += PAGE; show(); } : undefined;
      // Nobody loses the line that he reads because something new has come in above it.
      if (quiet && isBeingRead(byId("articles"))) offerNew(byId("articles"), () => { byId("articles").scrollTop = 0; showArticles(byId("articles"), state, it, more); });
      else showArticles(byId("articles"), state, it, more);
    });
  };
  await Promise.all([totals(), articles()]);
  showFilters(state); // now that the names are known
  document.title = title();
}

async function reading(state, signal, quiet) {
  const place = byId("article");
  // An article does not change: it is not drawn again under the reader's eyes.
  if (quiet && lastArticle === state.article && place.querySelector("h1")) return;
  if (lastArticle !== state.article) place.replaceChildren();
  const answer = await panel(place, signal, false, "article", new URLSearchParams({ id: state.article }).toString(), (it) => {
    const opened = lastArticle !== state.article;
    lastArticle = state.article;
    if (opened) scrollTo(0, 0);
    showArticle(place, state, it);
    if (opened) byId("article-title")?.focus({ preventScroll: true });
  });
  if (!answer) lastArticle = undefined;
  showFilters(state); // now that the names are known
  const name = answer?.event.article.title;
  document.title = name ? `${name} – Lodestream` : "Lodestream";
}

function title() {
  const chips = [...byId("filters").querySelectorAll(".chip .value")].map((value) => value.textContent);
  return chips.length > 0 ? `${chips.join(", ")} – Lodestream` : "Lodestream";
}

/** What the answers cover, and what they do not. */
function told(state, { coverage, span }) {
  showSpan(state, span);
  const notice = byId("notice");
  const words = {
    catching_up: "The timeline is still being read: totals are too low for now.",
    unavailable: `The timeline cannot be read (${coverage.reason ?? "no reason is known"}): totals may be old.`,
  }[coverage.state];
  if (away) return;
  notice.textContent = words ?? "";
  notice.hidden = !words;
  const totals = coverage.totals === "timeline"
    ? "Totals: the whole timeline, all instances, each article once"
    : `Totals: what this instance has committed since ${moment(coverage.since)} UTC; what is read again counts again`;
  const extent = coverage.first ? `; published ${date(coverage.first)} – ${date(coverage.last)}` : "";
  const cut = coverage.complete_from ? `; older than ${date(coverage.complete_from)} is left out to save memory` : "";
  const undated = coverage.undated ? `; ${count(coverage.undated)} without a time of publication are in no total` : "";
  byId("coverage").textContent = `${totals}${extent}${cut}${undated}. Articles: the newest ${count(coverage.articles_held)} (at most ${count(coverage.articles_most)}) that this instance has committed itself.`;
}

let away = false;
let due;
let refreshed = 0;

/** Something is new: asked for soon, but not too often. */
function changed() {
  if (due) return;
  due = setTimeout(() => {
    due = undefined;
    // A slow answer is waited for, or it would never be seen.
    if (running > 0) {
      changed();
      return;
    }
    refreshed = Date.now();
    show(true);
  }, Math.max(200, refreshed + REFRESH - Date.now()));
}

async function version() {
  try {
    const status = await ask("status");
    byId("version").textContent = `· version ${status.version}, lexicon ${status.lexicon}`;
  } catch {
    // the panels say that nobody answers
  }
}

onChange(() => show());
let sized = innerWidth;
addEventListener("resize", () => {
  if (sized === innerWidth) return;
  sized = innerWidth;
  drawn.delete(byId("pairs")); // as many countries as there is room for
  changed();
});
startSearch();
byId("home").addEventListener("click", link({}, {}).onclick);
show();
version();
let stood = false;
startLive({
  changed,
  connected: () => {
    away = false;
    byId("notice").hidden = true;
    // what came in between is not on the stream
    if (stood) changed();
    stood = true;
  },
  lost: () => {
    away = true;
    const notice = byId("notice");
    notice.textContent = "The connection to the service is lost. What is shown may be old; it is tried again.";
    notice.hidden = false;
  },
});
