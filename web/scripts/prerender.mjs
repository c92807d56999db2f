// Writes dist/shells/<page>.<language>.html: what src/prerender.tsx draws, which the server puts into its pages. It is
// the app that is drawn, which keeps timers and a channel to its other tabs open: who imports this ends the process.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const built = join(root, "node_modules", ".prerender");

/** Builds what draws the pages. */
export const buildPrerender = () =>
  build({
    root,
    logLevel: "warn",
    build: { ssr: "src/prerender.tsx", outDir: built, emptyOutDir: true, manifest: false, copyPublicDir: false },
  });

// The pages' policy allows no style in an element: each becomes a rule of the style sheet.
const styles = new Map();
function nameStyle(_, quoted) {
  const style = quoted.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
  if (!styles.has(style)) styles.set(style, styles.size);
  return ` data-shell-style="${styles.get(style)}"`;
}

/** Draws them into the built shop. */
export async function drawPages() {
  const { prerender } = await import(pathToFileURL(join(built, "prerender.js")).href);
  mkdirSync(join(dist, "shells"), { recursive: true });
  for (const { name, html } of await prerender()) {
    if (!html.includes("<main")) throw new Error(`The page ${name} was drawn without its content.`);
    // Nothing in it works yet, and the router's script is one that the policy forbids.
    const still = html.replaceAll(/<script>.*?<\/script>/gs, "").replaceAll(/ style="([^"]*)"/g, nameStyle);
    writeFileSync(join(dist, "shells", `${name}.html`), `<div inert aria-hidden="true">${still}</div>`);
  }
  addToStyleSheet([...styles].map(([style, number]) => `[data-shell-style="${number}"]{${style}}`).join(""));
  rmSync(built, { recursive: true });
}

/** Under a new name, as browsers keep a file for good. */
function addToStyleSheet(rules) {
  const manifest = readFileSync(join(dist, "manifest.json"), "utf8");
  const old = JSON.parse(manifest)["style.css"].file;
  const content = readFileSync(join(dist, old), "utf8") + rules;
  const name = `assets/style-${createHash("sha256").update(content).digest("base64url").slice(0, 8)}.css`;
  renameSync(join(dist, old), join(dist, name));
  writeFileSync(join(dist, name), content);
  writeFileSync(join(dist, "manifest.json"), manifest.replaceAll(old, name));
  const page = join(dist, "index.html");
  writeFileSync(page, stylesFirst(readFileSync(page, "utf8").replaceAll(old, name)));
}

/** Nothing is seen without it: it does not wait for scripts where a browser opens only six connections. */
function stylesFirst(html) {
  const [link] = /<link rel="stylesheet"[^>]*>/.exec(html);
  return html.replace(link, "").replace("<!--onsale:head-->", `${link}<!--onsale:head-->`);
}
