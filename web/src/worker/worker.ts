import { ticketStore } from "@/features/offline/model/ticket-store";
import { decide, fits, mayTakeOver } from "./decisions";
import { offlinePage } from "./offline-page";

/**
 * Keeps the page and the files that show tickets, so that they open without a network. It answers for nothing of the
 * API: which tickets there are is kept by the page itself (features/offline).
 */
interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}
interface InstallEvent extends ExtendableEvent {
  addRoutes?: (routes: { condition: { urlPattern: string }; source: "network" }[]) => Promise<void>;
}
interface FetchEvent extends ExtendableEvent {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface WorkerScope {
  addEventListener: ((type: "install", listener: (event: InstallEvent) => void) => void) &
    ((type: "activate", listener: (event: ExtendableEvent) => void) => void) &
    ((type: "message", listener: (event: ExtendableEvent & MessageEvent) => void) => void) &
    ((type: "fetch", listener: (event: FetchEvent) => void) => void);
  skipWaiting: () => Promise<void>;
  registration: { waiting: { postMessage: (message: string) => void } | null };
  clients: { claim: () => Promise<void> };
}

const worker = self as unknown as WorkerScope;
// Filled in by scripts/workers.mjs.
const files = new Set(JSON.parse('["%FILES%"]') as string[]);
const prefix = "onsale-shop-files-";
const current = `${prefix}%VERSION%`;
const page = "/bookings";
/** A crowd before a hall has a network that answers late or never. */
const pageWithinMs = 3_000;
/** Once each time that the browser starts the worker. */
let isPruned = false;

worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepFiles(), leaveAlone(event)]));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([removeOld(), ticketStore.prune(Date.now())]).then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(worker.skipWaiting());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { method, mode, destination } = request;
  const decision = decide({ method, mode, destination, address: new URL(request.url) }, location.origin);
  if (decision === "leave") return;
  if (decision === "picture") {
    event.respondWith(fetch(request).catch(noPicture));
    return;
  }
  // At a page, and at each file that it asks for: a browser may tell of the new worker a little later.
  event.waitUntil(letNewOneTakeOver());
  if (decision === "file") {
    event.respondWith(answerFile(request));
    return;
  }
  event.respondWith(decision === "tickets" ? answerTickets(event) : answerPage(request));
  if (!isPruned) event.waitUntil(ticketStore.prune(Date.now()));
  isPruned = true;
});

/** Fails as a whole where a page of another build comes, as in the middle of a release: the browser tries again. */
async function keepFiles(): Promise<void> {
  try {
    const cache = await caches.open(current);
    await cache.addAll([...files]);
    if (!(await keepPage(await fetch(page, { cache: "reload" })))) throw new Error("The page is of another build.");
  } catch (error) {
    // Or it would be taken for the version before, whose files stay.
    await caches.delete(current);
    throw error;
  }
}

/** Browsers that can need not even ask this worker about what is not its business. */
async function leaveAlone(event: InstallEvent): Promise<void> {
  const others = ["/api/*", "/organise", "/organise/*", "/operate", "/status", "/door"];
  await event.addRoutes?.(others.map((urlPattern) => ({ condition: { urlPattern }, source: "network" })));
}

async function keepPage(answer: Response): Promise<boolean> {
  const copy = answer.clone();
  if (!answer.ok || answer.redirected || !fits(await answer.text(), files)) return false;
  await (await caches.open(current)).put(page, copy);
  return true;
}

function keptPage(): Promise<Response | undefined> {
  return caches.open(current).then((cache) => cache.match(page, { ignoreVary: true }));
}

/** From the network while that is quick; it then is the page of the visitor's language and theme of today. */
async function answerTickets(event: FetchEvent): Promise<Response> {
  const kept = await keptPage();
  try {
    const options = kept === undefined ? {} : { signal: AbortSignal.timeout(pageWithinMs) };
    const answer = await fetch(event.request, options);
    // Read to its end: a network that stops in the middle of the page has not answered either.
    if (kept !== undefined && answer.type !== "opaqueredirect") await answer.clone().arrayBuffer();
    if (answer.ok) event.waitUntil(keepPage(answer.clone()));
    if (answer.status < 500) return answer;
    return kept ?? answer;
  } catch {
    return kept ?? offlinePage("");
  }
}

async function answerPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return offlinePage((await (await keptPage())?.text()) ?? "");
  }
}

/** Browsers draw a broken frame where a picture does not come. */
function noPicture(): Response {
  return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { "Content-Type": "image/svg+xml" } });
}

/** Files are named by their content: what is kept is right, whichever version asks. */
async function answerFile(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The files of the version before stay: a page of it may still be open. */
async function removeOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}

async function letNewOneTakeOver(): Promise<void> {
  const { waiting } = worker.registration;
  if (waiting === null) return;
  const { held = [] } = await navigator.locks.query();
  if (mayTakeOver(held.map(({ name }) => name))) waiting.postMessage("take-over");
}
