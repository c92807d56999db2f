// Fails when a route loads more gzipped script at first than it may: entry, its imports, the route and a catalogue.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const read = (name) => JSON.parse(readFileSync(join(dist, name), "utf8"));
// A source that both apps have is a file of each.
let manifest = read("manifest.json");
const buyerRouteBytes = 180 * 1024;
const organiseRouteBytes = 300 * 1024;
const seatMapBytes = 30 * 1024;
const doorBytes = 100 * 1024;

/** The chunk and everything that it imports statically. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of manifest[name]?.imports ?? []) withImports(imported, seen);
  return seen;
}

function gzippedBytes(names) {
  return [...names]
    .map((name) => manifest[name].file)
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + sizeOf(join(dist, file)), 0);
}

function sizeOf(file) {
  try {
    return statSync(`${file}.gz`).size;
  } catch {
    return statSync(file).size;
  }
}

// The page names these itself: see vite.config.ts.
const entry = withImports(Object.keys(manifest).find((name) => manifest[name].name === "app"));
const catalogues = Object.keys(manifest).filter((name) => name.startsWith("src/i18n/catalogues/"));
const catalogue = Math.max(...catalogues.map((name) => gzippedBytes([name])));
const routes = Object.keys(manifest).filter((name) => name.startsWith("src/app/routes/"));
if (routes.length === 0 || catalogues.length === 0) throw new Error("The manifest names no routes or no catalogues.");

/** The largest of the catalogues that come with a page, in the visitor's language, because most visitors never see it. */
function textsOfFeature({ dynamicImports = [] }) {
  const names = dynamicImports.filter((name) => /\/features\/\w+\/messages\//.test(name));
  return Math.max(0, ...names.map((name) => gzippedBytes([name])));
}

let over = false;
const report = (name, bytes, limit) => {
  over ||= bytes > limit;
  const kilobytes = (bytes / 1024).toFixed(1).padStart(6);
  console.log(`${kilobytes} KB of ${limit / 1024} KB  ${name}${bytes > limit ? "  OVER BUDGET" : ""}`);
};
report("the pages that visitors arrive on", gzippedBytes(entry) + catalogue, buyerRouteBytes);
for (const route of routes.sort()) {
  const own = withImports(route);
  const texts = [...own].map((name) => textsOfFeature(manifest[name])).reduce((sum, bytes) => sum + bytes, 0);
  report(route, gzippedBytes(new Set([...entry, ...own])) + catalogue + texts, buyerRouteBytes);
}
const seatMap = "src/features/seat-map/index.tsx";
if (manifest[seatMap]) {
  const own = [...withImports(seatMap)].filter((name) => !entry.has(name));
  report(seatMap, gzippedBytes(own), seatMapBytes);
}

manifest = read("organise-manifest.json");
const organiseEntry = withImports(Object.keys(manifest).find((name) => manifest[name].name === "app"));
const largest = (folder) =>
  Math.max(
    ...Object.keys(manifest)
      .filter((name) => name.startsWith(folder))
      .map((name) => gzippedBytes([name])),
  );
const organiseTexts = largest("src/i18n/catalogues/") + largest("src/organise/i18n/catalogues/");
report("/organise", gzippedBytes(organiseEntry) + organiseTexts, organiseRouteBytes);
for (const name of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry && !name.includes("/i18n/"))) {
  report(name, gzippedBytes(new Set([...organiseEntry, ...withImports(name)])) + organiseTexts, organiseRouteBytes);
}

manifest = read("door-manifest.json");
report("/door", gzippedBytes(withImports("door.html")) + largest("src/door/i18n/catalogues/"), doorBytes);
process.exit(over ? 1 : 0);
