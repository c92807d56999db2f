/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = process.env.ONSALE_SERVER ?? "http://localhost:8080";

/** While developing one server has both apps: addresses of the organisers' pages get theirs. */
const organisePages: Plugin = {
  name: "organise-pages",
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      if (/^\/organise(?:[/?]|$)/.test(request.url ?? "")) request.url = "/organise.html";
      next();
    });
  },
};

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), organisePages],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // Small files inlined as data: would be fetched again by every page that names them.
    assetsInlineLimit: 0,
    // All of it is smaller than two round trips are long.
    cssCodeSplit: false,
    // The build that draws the pages' first view is one file, and never sent.
    rolldownOptions: isSsrBuild
      ? {}
      : {
          output: {
            // Few files: libraries, which seldom change, in one, and what most pages need of the app in another, not a
            // request for every small module.
            codeSplitting: {
              groups: [
                // What only tickets that are shown live need comes with them.
                { name: "vendor", test: /node_modules\/(?!qr\/|@noble\/)|rolldown.runtime/, priority: 2 },
                {
                  name: "app",
                  test: /\/openapi\/currencies|\/src\/(?:main|api|lib\/(?!work|live-tickets)|session|ui\/(?!later)|i18n\/(?!catalogues)|app\/(?!routes\/(?!event|landing|pick))|features\/(?:events\/(?!later|components\/presenter)|live|picking\/(?!later)|bookings\/api|queue\/(?:api|components\/room-notice)|checkout\/(?:api|components\/hold-bar)))/,
                  priority: 1,
                },
              ],
            },
          },
        },
  },
  server: {
    // The table of currencies, which the server is built with too, lies beside this folder.
    fs: { allow: [".", "../openapi"] },
    proxy: {
      "/api": { target: server, ws: true },
      "/artwork": server,
    },
  },
  test: {
    include: ["src/**/*.test.ts"],
    environment: "node",
  },
}));
