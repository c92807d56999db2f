/// <reference types="vite/client" />
declare module "@fontsource-variable/instrument-sans/files/*.woff2" {
  const address: string;
  export default address;
}

/** From the server's table: see vite.config.ts. */
declare const __MINOR_UNITS__: Readonly<Record<string, number>>;
