// Builds the shop with its worker, the organisers' pages and the door's app into dist, side by side in one process.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { buildPrerender, drawPages } from "./prerender.mjs";

const root = join(import.meta.dirname, "..");
const configs = ["vite.config.ts", "vite.organise.config.ts", "vite.door.config.ts", "vite.worker.config.ts"];

rmSync(join(root, "dist"), { recursive: true, force: true });
await Promise.all([
  ...configs.map((config) =>
    build({ root, configFile: join(root, config), logLevel: "warn", build: { emptyOutDir: false } }),
  ),
  buildPrerender(),
]);
await drawPages();
await import("./workers.mjs");
await import("./manifests.mjs");
await import("./compress.mjs");
// What was drawn keeps timers and a channel to its other tabs open.
process.exit();
