import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The shop's service worker: one file of its own at an address for good, and nothing that a page loads. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { "shop-worker": "src/worker/worker.ts" },
      output: { entryFileNames: "[name].js" },
    },
  },
});
