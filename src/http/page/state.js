// What is shown, as the address says it: every view has one.

/** Filters that totals can be split by. */
export const PAIR = ["mineral", "country"];
/** Filters of articles alone. */
export const ARTICLE = ["person", "organisation", "event", "q"];
const TIME = ["from", "to", "span"];
const NAMES = [...PAIR, ...ARTICLE, ...TIME, "view", "article"];

export function read(search = location.search) {
  const given = new URLSearchParams(search);
  const state = {};
  for (const name of NAMES) {
    const value = given.get(name)?.trim();
    if (value) state[name] = value;
  }
  if (state.country && state.country.toLowerCase() !== "none") state.country = state.country.toUpperCase();
  return state;
}

export function address(state) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

let listener = () => {};
export const onChange = (listen) => { listener = listen; };

/** Goes to the view with these changes; `undefined` takes a filter away. */
export function go(changes, from = read()) {
  history.pushState(null, "", address({ ...from, ...changes }));
  listener();
}

/** A link to a view that is opened here, and in a new tab like any other. */
export function link(changes, from = read()) {
  const href = address({ ...from, ...changes });
  const onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, "", href);
    listener();
  };
  return { href, onclick };
}

addEventListener("popstate", () => listener());

/** The part of the state that a request understands. */
export function query(state, names, more = {}) {
  const query = new URLSearchParams();
  for (const name of names) if (state[name]) query.set(name, state[name]);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.toString();
}

export const TIME_NAMES = TIME;
