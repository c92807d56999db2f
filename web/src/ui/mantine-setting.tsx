import { Button, createTheme, MantineContext, MantineThemeProvider } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import styles from "./button.module.css";

/** What Mantine decides in script; colours and fonts are in tokens.css, so that no style element is injected. */
const theme = createTheme({
  primaryColor: "indigo",
  defaultRadius: "md",
  autoContrast: false,
  cursorType: "pointer",
  components: {
    Button: Button.extend({
      classNames: { root: styles.root, inner: styles.inner, label: styles.label },
      // The accent is light in the dark theme: what stands on it must not be white there.
      vars: (_theme, { variant = "filled" }) => ({
        root: variant === "filled" ? { "--button-color": "var(--accent-ink)" } : {},
      }),
    }),
  },
});

/**
 * Its variables are in the style sheet and the colour scheme is an attribute that color-scheme.ts sets: nothing is
 * injected, so the page allows no inline style, and no component is drawn again for a change of colours.
 */
const context: ComponentProps<typeof MantineContext>["value"] = {
  colorScheme: "auto",
  setColorScheme: () => undefined,
  clearColorScheme: () => undefined,
  getRootElement: () => undefined,
  classNamesPrefix: "mantine",
  cssVariablesSelector: ":root",
  withStaticClasses: false,
};

/** What Mantine's components ask for: its own provider without the parts that write into the page. */
export function MantineSetting({ children }: { children: ReactNode }) {
  return (
    <MantineContext value={context}>
      <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
    </MantineContext>
  );
}
