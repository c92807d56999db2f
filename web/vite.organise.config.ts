import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The organisers' pages: a build of their own beside the shop's, so that what only organisers use can never become part
 * of a file that buyers load. Both go into dist, this one under names that begin with "organise".
 */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    manifest: "organise-manifest.json",
    // The shop's build comes first and empties the folder.
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: {
      input: "organise.html",
      output: {
        entryFileNames: "assets/organise-[name]-[hash].js",
        chunkFileNames: "assets/organise-[name]-[hash].js",
        // A font is the same file for both.
        assetFileNames: ({ names }) =>
          names[0]?.endsWith(".css") === true
            ? "assets/organise-[name]-[hash][extname]"
            : "assets/[name]-[hash][extname]",
        codeSplitting: {
          groups: [
            { name: "vendor", test: /node_modules\/(?!qr\/)|rolldown.runtime/, priority: 2 },
            {
              name: "app",
              test: /\/openapi\/currencies|\/src\/(?:api|lib\/(?!work|scanning)|session|ui|i18n\/(?!catalogues)|organise\/(?:main|app\/(?!routes)|api|lib|ui|features\/(?:welcome|palette)|i18n\/(?!catalogues)))/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
