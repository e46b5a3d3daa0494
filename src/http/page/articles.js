// The newest articles, with the sentences that say what was asked for.

import { h, replace } from "./dom.js";
import { count, country, mineral, moment, plural, words } from "./format.js";
import { excerpt } from "./marks.js";
import { link } from "./state.js";

const PAIRS = 4;
const NAMES = 4;
const ASKED = ["mineral", "country", "person", "organisation", "event", "q"];

/** `more`: what loads the next page, if there is one. */
export function showArticles(place, state, answer, more) {
  const { coverage } = answer;
  const filtered = [...ASKED, "from", "to", "span"].some((name) => state[name]);
  const held = `of the newest ${count(coverage.articles_held)} that this instance holds`;
  const body = answer.articles.length > 0
    ? h("ol", { class: "cards" }, answer.articles.map((article) => card(state, article)))
    : h("div", { class: "message" },
      coverage.articles_held === 0
        ? [h("p", {}, "No article has been committed yet."), h("p", { class: "sub" }, "This instance shows the newest articles that it commits itself, from its start on.")]
        : [h("p", {}, "None of the articles held here fits."), h("p", {}, h("a", { href: "/", ...link({}, {}), key: "clear-articles" }, "Clear all filters"))]);
  replace(place,
    h("header", { class: "head" }, h("h2", { id: "articles-title" }, "Newest articles"),
      h("p", { class: "sub", role: "status" }, filtered ? `${plural(answer.found, "article")} ${held}` : held.replace("of ", ""))),
    body,
    more && h("p", { class: "more" }, h("button", { type: "button", key: "more-articles", onclick: more }, "Show older")));
}

/** Whether somebody has scrolled into the list, in its own panel or on the page. */
export const isBeingRead = (place) => place.scrollTop > 60 || place.getBoundingClientRect().top < -60;

/** A button instead of a list that moves. */
export function offerNew(place, act) {
  place.querySelector(".offer")?.remove();
  const show = () => {
    act();
    place.scrollIntoView({ block: "nearest" });
  };
  place.prepend(h("p", { class: "offer" }, h("button", { type: "button", key: "offer", onclick: show }, "There are newer articles: show")));
}

function card(state, article) {
  const open = link({ article: article.id });
  const title = article.title
    ? excerpt(article.title, "a", { ...open, key: `article-${article.id}` })
    : h("a", { ...open, key: `article-${article.id}` }, "Untitled");
  const chosen = (pair) => pair.mineral === state.mineral && pair.country === state.country;
  const pairs = [...article.pairs].sort((one, other) => chosen(other) - chosen(one));
  const named = [
    ...article.people.map((one) => ({ kind: "person", ...one })),
    ...article.organisations.map((one) => ({ kind: "organisation", ...one })),
  ];
  return h("li", { class: "card" },
    h("p", { class: "meta" },
      h("span", {}, article.source ?? "unknown source"),
      article.published_at ? h("time", { datetime: article.published_at }, moment(article.published_at)) : "no date",
      h("span", { class: "langs" }, article.languages.join(" ")),
      article.story_role === "copy" && h("span", { class: "badge", title: "near-copy of an article that came before" }, "told again"),
      article.events.map((event) => h("a", { ...link({ event, article: undefined }), key: `event-${article.id}-${event}`, class: "badge event" }, words(event)))),
    h("h3", {}, title),
    // Where nothing is asked for, one sentence is enough to see what an article is about.
    article.excerpts.slice(0, ASKED.some((name) => state[name]) ? article.excerpts.length : 1).map((part) => excerpt(part, "blockquote")),
    pairs.length > 0 && h("p", { class: "tags" },
      pairs.slice(0, PAIRS).map((pair) => h("a", {
        ...link({ mineral: pair.mineral, country: pair.country, article: undefined }), key: `tag-${article.id}-${pair.mineral}-${pair.country}`, class: "tag pair",
      }, mineral(pair.mineral), " · ", country(pair.country))),
      pairs.length > PAIRS && h("span", { class: "soft" }, `+${pairs.length - PAIRS}`)),
    named.length > 0 && h("p", { class: "tags" },
      named.slice(0, NAMES).map((one) => h("a", {
        ...link({ [one.kind]: one.id, article: undefined }), key: `name-${article.id}-${one.kind}-${one.id}`, class: `tag ${one.kind}`,
      }, one.name, one.role && h("span", { class: "role" }, one.role))),
      named.length > NAMES && h("span", { class: "soft" }, `+${named.length - NAMES}`)));
}
