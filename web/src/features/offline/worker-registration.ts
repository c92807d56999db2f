import { ExternalStore } from "@/lib/external-store";

const script = "/shop-worker.js";
/** Longest wait for a browser that is never idle. */
const idleWithinMs = 5_000;
/** A page may stay open for days. */
const lookEveryMs = 60 * 60 * 1000;

/** The worker of a newer build, which waits until a page lets it take over. */
export const waitingWorker = new ExternalStore<ServiceWorker | undefined>(undefined);

/** Whether the operator has turned the worker off. */
export function isTurnedOff(): boolean {
  return document.querySelector('meta[name="onsale-worker"]')?.getAttribute("content") === "off";
}

let registering: Promise<void> | undefined;

/** Only browsers with tickets have a worker: nobody needs one to buy. */
export function registerWorker(): Promise<void> {
  registering ??= register();
  return registering;
}

async function register(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await idle();
  try {
    watch(await navigator.serviceWorker.register(script, { scope: "/" }));
  } catch {
    // A browser that refuses: everything works as before, with a network.
  }
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    // The first one has nobody to wait for.
    const isUpdate = registration.active !== null && navigator.serviceWorker.controller !== null;
    waitingWorker.set(isUpdate ? (registration.waiting ?? undefined) : undefined);
  };
  look();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", look);
  });
  navigator.serviceWorker.addEventListener("controllerchange", look);
  setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no way to ask for an idle moment.
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: idleWithinMs });
    else setTimeout(resolve, idleWithinMs / 4);
  });
}

/** By the visitor's own wish: what they hold is the server's and their browser's, and is there afterwards. */
export function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage("take-over");
}
