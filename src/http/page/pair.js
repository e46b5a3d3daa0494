// One pair: how much, since when, over time.

import { h, replace } from "./dom.js";
import { count, country, date, mineral, plural } from "./format.js";
import { bars } from "./spark.js";
import { link } from "./state.js";

export function showPair(place, state, answer) {
  const { sum } = answer;
  const fact = (value, label) => h("div", {}, h("dd", {}, value), h("dt", {}, label));
  const since = answer.first_ever ? date(answer.first_ever) : "–";
  replace(place,
    h("header", { class: "head" },
      h("h2", { id: "pair-title" }, mineral(state.mineral), " ", h("span", { class: "soft" }, "and"), " ", country(state.country)),
      h("p", { class: "sub" },
        h("a", { ...link({ country: undefined }), key: "only-mineral" }, `${mineral(state.mineral)} everywhere`), " · ",
        h("a", { ...link({ mineral: undefined }), key: "only-country" }, `all minerals: ${country(state.country)}`))),
    h("dl", { class: "facts" },
      fact(count(sum.mentions), sum.mentions === 1 ? "mention" : "mentions"),
      fact(count(sum.articles), sum.articles === 1 ? "article" : "articles"),
      sum.stories !== undefined && fact(count(sum.stories), sum.stories === 1 ? "story" : "stories"),
      fact(since, "first mention of all"),
      fact(answer.last_ever ? date(answer.last_ever) : "–", "last")),
    sum.mentions > 0
      ? bars(answer)
      : h("div", { class: "message" }, h("p", {}, `No mention of ${mineral(state.mineral)} with ${country(state.country)} in this span.`),
        answer.first_ever && h("p", {}, h("a", { ...link({ span: "all", from: undefined, to: undefined }), key: "pair-all" }, "Show all times"))),
    sum.articles > 0 && h("p", { class: "hint" }, `${plural(sum.articles, "article")} in the totals; those of them that this instance still holds are listed with the sentences that say so.`));
}
