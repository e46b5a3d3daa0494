// Small and large charts of a series.

import { s, h } from "./dom.js";
import { count, date, moment, plural, step } from "./format.js";

/** A line without axes; decoration beside the number that it belongs to. */
export function spark(series, width = 84, height = 18) {
  const most = Math.max(1, ...series);
  const x = (at) => (series.length > 1 ? (at * (width - 2)) / (series.length - 1) + 1 : width / 2);
  const y = (value) => height - 1.5 - (value * (height - 3)) / most;
  const points = series.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const area = `M${x(0).toFixed(1)},${height - 1} L${points.join(" L")} L${x(series.length - 1).toFixed(1)},${height - 1} Z`;
  return s("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", preserveAspectRatio: "none" },
    s("path", { class: "area", d: area }),
    s("polyline", { points: points.join(" ") }));
}

/** Bars over time, with their ends and their peak. */
export function bars(answer) {
  const { points, span } = answer;
  const [width, height] = [720, 120];
  const most = Math.max(1, ...points.map((point) => point.mentions));
  const each = width / points.length;
  const hourly = span.step_hours < 24;
  const name = (point) => (hourly ? moment(point.time) : date(point.time));
  const bar = (point, at) => {
    const tall = point.mentions === 0 ? 0 : Math.max(2, (point.mentions * (height - 6)) / most);
    const wide = Math.max(1, each - Math.min(2, each / 4));
    return s("g", {},
      s("title", {}, `${name(point)}: ${plural(point.mentions, "mention")}, ${plural(point.articles, "article")}`),
      s("rect", { class: "back", x: at * each, y: 0, width: each, height }),
      s("rect", { class: "bar", x: at * each, y: height - tall, width: wide, height: tall, rx: Math.min(1.5, wide / 3) }));
  };
  const peak = points.reduce((best, point) => (point.mentions > best.mentions ? point : best), points[0]);
  const words = peak.mentions > 0 ? `most, ${count(peak.mentions)}, at ${name(peak)}` : "none";
  return h("figure", { class: "chart" },
    s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Mentions ${step(span.step_hours)}: ${words}`, preserveAspectRatio: "none" },
      s("line", { x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 }),
      points.map(bar)),
    h("figcaption", {}, h("span", {}, date(span.from)), h("span", {}, `mentions ${step(span.step_hours)}; ${words}`),
      h("span", {}, date(new Date(span.to).getTime() - 1))));
}
