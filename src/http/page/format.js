// Numbers, times and names, as they are written. All times are UTC, as the totals are.

const number = new Intl.NumberFormat("en");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});

export const count = (value) => number.format(value);
export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
export const date = (time) => day.format(new Date(time));
export const moment = (time) => minute.format(new Date(time));
export const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/** A span's last day, for people: the end is exclusive. */
export const lastDay = (to) => date(new Date(to).getTime() - 1);

export function step(hours) {
  const steps = { 1: "hour", 24: "day", 168: "week", 730: "month", 2190: "quarter", 8760: "year" };
  if (steps[hours]) return `by ${steps[hours]}`;
  return hours % 24 === 0 ? `by ${hours / 24} days` : `by ${hours} hours`;
}

export const words = (id) => id.replaceAll("_", " ");
export const capital = (text) => (text ? text[0].toUpperCase() + text.slice(1) : text);

/** Names of ids, as the answers brought them along. */
const known = { minerals: new Map(), countries: new Map() };

export function learn(names) {
  for (const kind of ["minerals", "countries"]) {
    for (const [id, name] of Object.entries(names?.[kind] ?? {})) known[kind].set(id, name);
  }
}

export const mineral = (id) => capital(known.minerals.get(id) ?? id.replaceAll("-", " "));
export const country = (code) => (code === "none" ? "No country" : (known.countries.get(code) ?? code));
