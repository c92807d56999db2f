/// <reference types="vite/client" />
declare module "@fontsource-variable/instrument-sans/files/*.woff2" {
  const address: string;
  export default address;
}
