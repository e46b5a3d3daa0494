// The search box: what is typed may be a mineral, a country, a person, an organisation, a type of event, or just words.

import { ask } from "./api.js";
import { byId, h } from "./dom.js";
import { capital, plural } from "./format.js";
import { go } from "./state.js";

const LABELS = { mineral: "mineral", country: "country", person: "person", organisation: "organisation", event: "event" };
const PATIENCE = 120;

export function startSearch() {
  const list = h("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const input = h("input", {
    type: "search", id: "words", name: "q", placeholder: "Mineral, country, person, organisation, event, words…", autocomplete: "off", spellcheck: "false", maxlength: 200,
    role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list", "aria-label": "Search", enterkeyhint: "search",
  });
  let options = [];
  let active = -1;
  let waiting;
  let asked;

  const close = () => {
    options = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    clearTimeout(waiting);
    asked?.abort();
    input.value = "";
    close();
    go({ [option.kind === "words" ? "q" : option.kind]: option.id, article: undefined });
  };
  const activate = (at) => {
    active = at;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `suggestion-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (words, suggestions) => {
    // Whoever has chosen one already, while the last letters were on their way, keeps it.
    const before = options[active];
    options = [...suggestions, { kind: "words", id: words, name: `“${words}”` }];
    list.replaceChildren(...options.map((option, at) => h("li", {
      id: `suggestion-${at}`, role: "option", "aria-selected": "false",
      // before the input loses the focus
      onmousedown: (event) => { event.preventDefault(); choose(option); },
    }, h("span", { class: "name" }, option.kind === "words" ? option.name : capital(option.name)),
    h("span", { class: "kind" }, option.kind === "words" ? "in title or text" : LABELS[option.kind] ?? option.kind),
    option.articles > 0 && h("span", { class: "soft" }, plural(option.articles, "article")))));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(before ? options.findIndex((option) => option.kind === before.kind && option.id === before.id) : -1);
  };
  const suggest = async () => {
    const words = input.value.trim();
    asked?.abort();
    if (!words) return close();
    asked = new AbortController();
    try {
      const answer = await ask("suggest", new URLSearchParams({ q: words, limit: 8 }).toString(), asked.signal);
      if (input.value.trim() === words && document.activeElement === input) show(words, answer.suggestions);
    } catch (error) {
      if (error.name !== "AbortError") show(words, []);
    }
    return undefined;
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PATIENCE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length === 0) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const words = input.value.trim();
      if (active >= 0) choose(options[active]);
      else if (words) choose({ kind: "words", id: words });
    } else if (event.key === "Escape") {
      if (options.length > 0) close();
      else input.value = "";
    }
  });
  byId("search").replaceChildren(input, list);
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
}
