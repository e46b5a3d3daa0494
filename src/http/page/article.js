// One article: the original text with what was found in it, and each finding with the way to its sentence.

import { h, replace } from "./dom.js";
import { capital, count, country, mineral, moment, plural, words } from "./format.js";
import { excerpt, marked } from "./marks.js";
import { link } from "./state.js";

/** The evidence that is shown: ranges of `title` or `text`, the first of them in view. */
let chosen = { article: undefined, key: undefined, ranges: [] };

export function showArticle(place, state, answer) {
  const { event } = answer;
  const { article } = event;
  if (chosen.article !== article.id) {
    const pair = event.mineral_countries.find((one) => one.mineral === state.mineral && one.country === state.country);
    chosen = { article: article.id, key: pair && `pair-${pair.mineral}-${pair.country}`, ranges: pair?.evidence ?? [] };
  }
  draw(place, state, answer);
  place.querySelector(".target")?.scrollIntoView({ block: "center" });
}

function draw(place, state, answer) {
  const { event, title } = answer;
  const { article } = event;
  const choose = (key, ranges) => () => {
    chosen = chosen.key === key ? { ...chosen, key: undefined, ranges: [] } : { ...chosen, key, ranges };
    draw(place, state, answer);
    place.querySelector(".target")?.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  const evidence = chosen.ranges.map((range, at) => ({ ...range, target: at === 0 }));
  const link_out = article.url && /^https?:\/\//i.test(article.url);
  replace(place,
    h("p", { class: "back" }, h("a", { ...link({ article: undefined }), key: "back" }, "← All articles")),
    h("div", { class: "columns" },
      h("div", { class: "words" },
        h("p", { class: "meta" },
          h("span", {}, article.source ?? "unknown source"),
          article.published_at ? h("time", { datetime: article.published_at }, `${moment(article.published_at)} UTC`) : "no date",
          h("span", { class: "langs" }, article.languages.join(" ")),
          link_out && h("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, "original page"),
          article.story_role === "copy" && h("span", { class: "badge" }, "told again")),
        heading(title, evidence.filter((range) => range.field === "title")),
        article.text === undefined
          ? h("p", { class: "message" }, "Events carry no text here (event.include_text = false).")
          : h("div", { class: "text" }, text(answer, evidence.filter((range) => range.field === "text"))),
        h("p", { class: "legend" }, ["mineral", "country", "place", "person", "organisation"].map((kind) => h("mark", { class: `is-${kind}` }, kind)),
          h("span", { class: "evidence" }, "the sentence that says so"))),
      h("aside", { class: "found", "aria-label": "What was found" }, findings(state, event, choose))));
}

function heading(title, evidence) {
  if (!title) return h("h1", { tabindex: -1, id: "article-title" }, "Untitled");
  if (evidence.length === 0) return excerpt(title, "h1", { tabindex: -1, id: "article-title" });
  const nodes = marked(Array.from(title.text), title.marks, { evidence });
  return h("h1", { lang: title.lang, tabindex: -1, id: "article-title" }, nodes);
}

function text(answer, evidence) {
  const characters = Array.from(answer.event.article.text);
  const part = ({ start, end, heading, lang }) =>
    h(heading ? "h2" : "p", { lang: lang === "und" ? undefined : lang }, marked(characters, answer.marks, { start, end, evidence }));
  return answer.sections.map((section) => h("section", {}, section.parts.map(part)));
}

const amount = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A claim in words: `about 90 percent`. */
function figure(claim) {
  if (claim.date) return claim.date;
  const value = claim.value === undefined ? "" : amount.format(claim.value);
  const sign = claim.kind === "change" && claim.value > 0 ? "+" : "";
  return `${claim.approximate ? "about " : ""}${sign}${value} ${claim.unit}`;
}

function findings(state, event, choose) {
  const says = (key, ranges, label) => h("button", {
    type: "button", class: "says", key, "aria-pressed": String(chosen.key === key), onclick: choose(key, ranges), title: "show the words that say so",
  }, label);
  const block = (name, items, row) => items.length > 0 && [h("h2", {}, name), h("ul", {}, items.map(row))];
  const mentions = (list) => list.map(({ field, start, end }) => ({ field, start, end }));
  const countries = (codes) => codes.map((code) => country(code)).join(", ");
  const organisation = new Map(event.organisations.map((one) => [one.id, one.canonical_name ?? one.name]));
  return [
    block("Minerals by country", event.mineral_countries, (pair) => h("li", {},
      says(`pair-${pair.mineral}-${pair.country}`, pair.evidence, [h("strong", {}, mineral(pair.mineral)), " ", country(pair.country)]),
      h("span", { class: "detail" }, [plural(pair.mention_count, "mention"), `by ${pair.basis === "document" ? "the whole article" : `the ${pair.basis}`}`, ...pair.stages, `score ${pair.score.toFixed(2)}`].join(" · ")), " ",
      h("a", { class: "detail", ...link({ mineral: pair.mineral, country: pair.country, article: undefined }), key: `open-${pair.mineral}-${pair.country}` }, "over time"))),
    block("What happened", event.events, (one, at) => h("li", {},
      says(`event-${at}`, [one.evidence], h("strong", {}, capital(words(one.type)))),
      h("span", { class: "detail" }, [countries(one.countries), one.commodities.map(mineral).join(", "), (one.organisations ?? []).map((id) => organisation.get(id) ?? id).join(", ")].filter(Boolean).join(" · ")))),
    block("Figures", event.claims, (claim, at) => h("li", {},
      says(`claim-${at}`, [claim.evidence], h("strong", {}, figure(claim))),
      h("span", { class: "detail" }, [claim.kind, claim.commodity && mineral(claim.commodity), claim.country && country(claim.country), claim.stage].filter(Boolean).join(" · ")))),
    block("People", event.people, (one) => h("li", {},
      says(`person-${one.id}`, mentions(one.mentions), h("strong", {}, one.canonical_name ?? one.name)),
      h("span", { class: "detail" }, [one.role, one.country && country(one.country), plural(one.mention_count, "mention")].filter(Boolean).join(" · ")), " ",
      h("a", { class: "detail", ...link({ person: one.id, article: undefined }), key: `all-person-${one.id}` }, "all articles"))),
    block("Organisations", event.organisations, (one) => h("li", {},
      says(`organisation-${one.id}`, mentions(one.mentions), h("strong", {}, one.canonical_name ?? one.name)),
      h("span", { class: "detail" }, [one.type, one.country && country(one.country), plural(one.mention_count, "mention")].filter(Boolean).join(" · ")), " ",
      h("a", { class: "detail", ...link({ organisation: one.id, article: undefined }), key: `all-organisation-${one.id}` }, "all articles"))),
    block("Commodities", event.commodities, (one) => h("li", {},
      says(`commodity-${one.id}`, mentions(one.mentions), h("strong", {}, mineral(one.id))),
      h("span", { class: "detail" }, [plural(one.mention_count, "mention"), one.unattributed_count > 0 && `${count(one.unattributed_count)} with no country`, `confidence ${one.confidence.toFixed(2)}`].filter(Boolean).join(" · ")))),
    block("Places", event.places, (one) => h("li", {},
      says(`place-${one.id}`, mentions(one.mentions), h("strong", {}, one.name)),
      h("span", { class: "detail" }, [one.type, one.type !== "country" && one.country && country(one.country), plural(one.mention_count, "mention")].filter(Boolean).join(" · ")))),
  ];
}
