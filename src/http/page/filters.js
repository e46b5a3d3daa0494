// What is filtered by, and which time is shown.

import { byId, h, replace } from "./dom.js";
import { country, isoDay, mineral, words } from "./format.js";
import { go, link } from "./state.js";

const SPANS = [["7d", "7 d", "the last 7 days"], ["30d", "30 d", "the last 30 days"], ["90d", "90 d", "the last 90 days"], ["365d", "1 y", "the last year"], ["all", "All", "everything"]];

export function showFilters(state) {
  const chip = (name, label, value) => state[name] && h("span", { class: `chip ${name}` },
    h("span", { class: "kind" }, label), h("span", { class: "value" }, value),
    h("button", { type: "button", key: `without-${name}`, "aria-label": `Remove the filter ${label} ${value}`, onclick: () => go({ [name]: undefined, article: undefined }) }, "×"));
  const chips = [
    chip("mineral", "mineral", mineral(state.mineral ?? "")),
    chip("country", "country", country(state.country ?? "")),
    chip("person", "person", (state.person ?? "").replaceAll("-", " ")),
    chip("organisation", "organisation", (state.organisation ?? "").replaceAll("-", " ")),
    chip("event", "event", words(state.event ?? "")),
    chip("q", "words", `“${state.q ?? ""}”`),
  ].filter(Boolean);
  replace(byId("filters"), chips.length > 0 ? chips : !state.article && h("span", { class: "soft" }, "All minerals, all countries"),
    chips.length > 1 && h("a", { class: "clear", ...link({}, { span: state.span, from: state.from, to: state.to }), key: "clear" }, "Clear"));
}

/** `span`: what the last answer has shown. */
export function showSpan(state, span) {
  const own = state.from || state.to;
  const choice = ([value, label, title]) => h("a", {
    ...link({ span: value === "90d" ? undefined : value, from: undefined, to: undefined }), key: `span-${value}`, title: `${title} before the newest there is`,
    "aria-current": !own && (state.span ?? "90d") === value ? "true" : undefined,
  }, label);
  const day = (name, value, label) => {
    const input = h("input", { type: "date", key: `day-${name}`, "aria-label": label, title: label, max: "2099-12-31" });
    input.value = value;
    input.addEventListener("change", () => {
      const days = { from: span && isoDay(span.from), to: span && endDay(span.to), [name]: input.value };
      // the end is exclusive: the day that is shown is the last one
      const to = days.to ? isoDay(new Date(days.to).getTime() + 86_400_000) : undefined;
      go({ from: days.from || undefined, to, span: undefined });
    });
    return input;
  };
  const endDay = (to) => isoDay(new Date(to).getTime() - 1);
  replace(byId("span"), h("div", { class: "segments" }, SPANS.map(choice)),
    h("div", { class: own ? "days own" : "days" }, day("from", span ? isoDay(span.from) : "", "Published from"), "–", day("to", span ? endDay(span.to) : "", "Published until")));
}
