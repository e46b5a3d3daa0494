// Makes ../page/world.json, the page's map, from Natural Earth. Only to be run when the map is to change:
//
//   npm install --no-save world-atlas@2.0.2 topojson-client@3.1.0 d3-geo@3.1.2 i18n-iso-countries@7.14.0
//   node make.mjs > ../page/world.json
//
// Outlines come from the scale of 1:110 million. What is too small to have one there is a dot at its centre, by 1:50 million.
import { createRequire } from "node:module";
import { geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const codes = new Map(require("i18n-iso-countries/codes.json").map(([alpha2, , numeric]) => [numeric, alpha2]));
// without a number of ISO 3166-1: by their names in Natural Earth
const named = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };
const code = (country) => codes.get(country.id) ?? named[country.properties.name];

const WIDTH = 1000;
const shapes = (file) => {
  const atlas = require(`world-atlas/${file}`);
  return feature(atlas, atlas.objects.countries).features.filter((country) => code(country) && code(country) !== "AQ");
};
const outlines = shapes("countries-110m.json");
const projection = geoNaturalEarth1().fitWidth(WIDTH, { type: "FeatureCollection", features: outlines });
const path = geoPath(projection);
const height = Math.ceil(path.bounds({ type: "FeatureCollection", features: outlines })[1][1]);

const paths = {};
for (const country of outlines) {
  const drawn = path.digits(1)(country);
  paths[code(country)] = (paths[code(country)] ?? "") + drawn;
}
const dots = {};
for (const country of shapes("countries-50m.json")) {
  const at = projection(geoCentroid(country));
  if (!paths[code(country)] && at) dots[code(country)] = at.map((number) => Math.round(number * 10) / 10);
}
const sorted = (map) => Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
process.stdout.write(`${JSON.stringify({ width: WIDTH, height, paths: sorted(paths), dots: sorted(dots) })}\n`);
