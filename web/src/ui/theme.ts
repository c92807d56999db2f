import { createTheme } from "@mantine/core";

/** What Mantine decides in script; colours and fonts are in tokens.css, so that no style element is injected. */
export const theme = createTheme({
  primaryColor: "indigo",
  defaultRadius: "md",
  autoContrast: false,
  respectReducedMotion: true,
  cursorType: "pointer",
});
