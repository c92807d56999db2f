import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The door's app: a build of its own beside the others', all of which a service worker keeps on the device. */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    manifest: "door-manifest.json",
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: {
      input: { main: "door.html", "door-worker": "src/door/worker/worker.ts" },
      output: {
        // A service worker has one address for good.
        entryFileNames: ({ name }) => (name === "door-worker" ? "door-worker.js" : "assets/door-[name]-[hash].js"),
        chunkFileNames: "assets/door-[name]-[hash].js",
        // A font is the same file for all.
        assetFileNames: ({ names }) =>
          names[0]?.endsWith(".css") === true ? "assets/door-[name]-[hash][extname]" : "assets/[name]-[hash][extname]",
      },
    },
  },
});
