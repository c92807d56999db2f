import { Button, createTheme } from "@mantine/core";

/** What Mantine decides in script; colours and fonts are in tokens.css, so that no style element is injected. */
export const theme = createTheme({
  primaryColor: "indigo",
  defaultRadius: "md",
  autoContrast: false,
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: Button.extend({
      // The accent is light in the dark theme: what stands on it must not be white there.
      vars: (_theme, { variant = "filled" }) => ({
        root: variant === "filled" ? { "--button-color": "var(--accent-ink)" } : {},
      }),
    }),
  },
});
