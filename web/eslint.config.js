import { readdirSync } from "node:fs";
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));
const organiseFeatures = readdirSync(new URL("./src/organise/features", import.meta.url));

/** A feature knows the shared folders and itself; routes put features together. */
const featureBoundaries = features.map((feature) => ({
  files: [`src/features/${feature}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: [
              ...features.filter((other) => other !== feature).map((other) => `**/features/${other}/**`),
              "@/app/**",
              "**/organise/**",
            ],
            message: "Features do not import one another or the app: pass what is needed in from the route.",
          },
        ],
      },
    ],
  },
}));

/** The same within the organisers' app, which of the shop's features knows only the map and the live connection. */
const organiseBoundaries = organiseFeatures.map((feature) => ({
  files: [`src/organise/features/${feature}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: [
              ...organiseFeatures.filter((other) => other !== feature).map((other) => `**/${other}/*`),
              ...features
                .filter((other) => !["seat-map", "live"].includes(other))
                .map((other) => `@/features/${other}/**`),
              "@/app/**",
              "**/organise/app/**",
              "../../app/**",
            ],
            message: "Features do not import one another or the app: pass what is needed in from the route.",
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["dist/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  { ...hooks.configs.flat.recommended, files: ["src/**/*.{ts,tsx}"] },
  {
    files: ["scripts/**", "*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  { files: ["public/**"], languageOptions: { globals: { self: "readonly", caches: "readonly" } } },
  {
    files: ["src/{api,i18n,lib,session,ui}/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["**/features/**", "@/app/**", "**/organise/**"],
              message: "Shared folders do not know features.",
            },
          ],
        },
      ],
    },
  },
  ...featureBoundaries,
  ...organiseBoundaries,
);
