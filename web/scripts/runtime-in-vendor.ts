import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

const source = readFileSync(import.meta.filename, "utf8");
const exported = /export\{([^}]*)\};?\s*$/;

/**
 * The bundler keeps its few helpers in a file of their own, which every page would ask for: half a kilobyte, and one
 * request more. They move into the file of the libraries, which every page asks for anyway.
 */
export function runtimeInVendor(): Plugin {
  return {
    name: "runtime-in-vendor",
    // Files are named by their content before it is changed here: another way of changing it needs other names.
    augmentChunkHash: () => source,
    generateBundle: {
      // Before the page and the manifest name the files.
      order: "pre",
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const runtime = chunks.find(({ name }) => name === "rolldown-runtime");
        const vendor = chunks.find(({ name }) => name === "vendor");
        if (runtime === undefined || vendor === undefined) throw new Error("There is no runtime or no vendor chunk.");
        for (const chunk of chunks) if (chunk !== vendor) takeFromVendor(chunk, runtime, vendor);
        moveInto(vendor, runtime);
        Reflect.deleteProperty(bundle, runtime.fileName);
      },
    },
  };
}

type Chunk = Rolldown.OutputChunk;

/** In a function of its own, so that its short names are not the libraries'. */
function moveInto(vendor: Chunk, runtime: Chunk): void {
  const helpers = namesIn(exported.exec(runtime.code)?.[1]);
  const made = helpers.map(([local, name]) => `${inVendor(name)}:${local}`).join();
  const names = helpers.map(([, name]) => inVendor(name)).join();
  const body = runtime.code.replace(exported, "");
  replaceImport(vendor, runtime, (used) => {
    const locals = used.map(([name, local]) => `${local}=${inVendor(name)}`).join();
    return `const{${names}}=(()=>{${body}return{${made}}})(),${locals};`;
  });
  vendor.code = `${vendor.code.trimEnd()}\nexport{${names}};\n`;
}

function takeFromVendor(chunk: Chunk, runtime: Chunk, vendor: Chunk): void {
  replaceImport(chunk, runtime, (used) => {
    const names = used.map(([name, local]) => `${inVendor(name)} as ${local}`).join();
    return `import{${names}}from"./${fileOf(vendor)}";`;
  });
}

function replaceImport(chunk: Chunk, runtime: Chunk, replacement: (used: [string, string][]) => string): void {
  if (!chunk.imports.includes(runtime.fileName)) return;
  const written = new RegExp(`import\\{([^}]*)\\}from"\\./${fileOf(runtime)}";`);
  chunk.code = chunk.code.replace(written, (_, list: string) => replacement(namesIn(list)));
  if (chunk.code.includes(fileOf(runtime))) throw new Error(`${chunk.fileName} still names the runtime.`);
  chunk.imports = chunk.imports.filter((file) => file !== runtime.fileName);
}

const inVendor = (name: string): string => `runtime_${name}`;

/** Pairs of "a as b"; a name alone is a pair of itself. */
function namesIn(list: string | undefined): [string, string][] {
  if (list === undefined) throw new Error("The runtime's exports are written in a way that is not known.");
  return list.split(",").map((item) => {
    const [name = "", local = name] = item.trim().split(" as ");
    return [name, local];
  });
}

function fileOf({ fileName }: Chunk): string {
  return fileName.split("/").at(-1) ?? fileName;
}
