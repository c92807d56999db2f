// Says on the terminal how a first build goes: `dotnet run` shows nothing of it until the program starts.
// Returns at once; what it leaves behind ends with the build, or after five minutes.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const everyMs = 4000;
const maxMs = 5 * 60_000;
const root = join(import.meta.dirname, "..");
const build = process.argv[2];

/** Undefined: nobody looks on. */
function openTerminal() {
  try {
    return openSync(process.platform === "win32" ? "\\\\.\\CONOUT$" : "/dev/tty", "w");
  } catch {
    return undefined;
  }
}

/** The build's process: the parent of the shell that this was started by. Undefined where that cannot be told. */
function findBuild() {
  try {
    return execFileSync("ps", ["-o", "ppid=", "-p", String(process.ppid)], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

function isRunning(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/** What is being waited for: the first of these that is not there. */
function findStep() {
  const steps = [
    ["src/Onsale.Server/obj/project.assets.json", "fetching NuGet packages"],
    ["native/postgres/node_modules/.onsale-stamp", "fetching PostgreSQL"],
    ["web/node_modules/.onsale-stamp", "fetching the web app's packages, compiling"],
    ["src/Onsale.Server/obj/Debug/net10.0/Onsale.Server.dll", "compiling"],
    ["web/dist/.onsale-stamp", "building the web app"],
    ["src/Onsale.Server/bin/Debug/net10.0/Onsale.Server.dll", "putting the program together"],
  ];
  return steps.find(([file]) => !existsSync(join(root, file)))?.[1];
}

const terminal = openTerminal();
if (terminal !== undefined && build === undefined) {
  writeSync(terminal, "Building Onsale for the first time: about a minute, most of it to fetch packages.\n");
  const found = findBuild();
  if (found !== undefined) {
    spawn(process.execPath, [import.meta.filename, found], { detached: false, stdio: "ignore" }).unref();
  }
} else if (terminal !== undefined) {
  const start = Date.now();
  const timer = setInterval(() => {
    const step = findStep();
    const elapsed = Date.now() - start;
    if (step === undefined || elapsed > maxMs || !isRunning(Number(build))) clearInterval(timer);
    else writeSync(terminal, `  ${Math.round(elapsed / 1000)} s: ${step}\n`);
  }, everyMs);
}
