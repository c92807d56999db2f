/**
 * Keeps the door's page and files, so that it opens without a network. Its scope is /door alone, and it answers for
 * nothing of the API: data are the page's own.
 */
interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}
interface FetchEvent extends ExtendableEvent {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface WorkerScope {
  addEventListener: ((type: "install" | "activate", listener: (event: ExtendableEvent) => void) => void) &
    ((type: "fetch", listener: (event: FetchEvent) => void) => void);
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
}

const worker = self as unknown as WorkerScope;
// Filled in by scripts/workers.mjs.
const files = JSON.parse('["%FILES%"]') as string[];
const prefix = "onsale-door-";
const current = `${prefix}%VERSION%`;
const page = "/door";
const pageWithinMs = 2_000;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(current)
      .then((cache) => cache.addAll([page, ...files].map((file) => new Request(file, { cache: "reload" }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === page) event.respondWith(answerPage(request));
  } else if (!pathname.startsWith("/api/")) event.respondWith(answerFile(request));
});

/** From the network while that is quick: then the page is of today. */
async function answerPage(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(pageWithinMs) });
    if (answer.ok) return answer;
  } catch {
    // What was kept follows.
  }
  return (await caches.match(page, { ignoreSearch: true })) ?? Response.error();
}

/** Files are named by their content: what is kept is right, whichever version asks. */
async function answerFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The files of the version before stay: a page of it may still be open. */
async function removeOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}
