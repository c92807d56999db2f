import type { Profile, SignedIn } from "@/api/types";
import { ProblemError, readProblem } from "@/api/problem";
import { ExternalStore } from "@/lib/external-store";
import { noteServerTime } from "@/lib/server-clock";
import { local, readStored, writeStored } from "@/lib/storage";
import { forgetAllHolds } from "./hold";

/** Who uses the app. The access token lives in memory only; the refresh cookie is the server's and no script reads it. */
export type Session =
  | { status: "restoring" }
  | { status: "anonymous" }
  | { status: "signedIn"; user: Profile; token: string; expiresAtMs: number };

type Message = { type: "session"; user: Profile; token: string; expiresAtMs: number } | { type: "ended" };

/**
 * Says that a cookie is worth trying, so that a first visit does not begin with a refused request, and whose session it
 * was: tickets that are kept on the device are shown to nobody else.
 */
const hintKey = "onsale.session";
const renewBeforeMs = 60_000;

export const session = new ExternalStore<Session>(
  readStored(local, hintKey) === undefined ? { status: "anonymous" } : { status: "restoring" },
);

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("onsale-session") : undefined;
channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  if (data.type === "ended") session.set({ status: "anonymous" });
  else session.set({ status: "signedIn", user: data.user, token: data.token, expiresAtMs: data.expiresAtMs });
});

export function adoptSession({ user, accessToken, expiresIn }: SignedIn): void {
  const expiresAtMs = Date.now() + expiresIn * 1000;
  writeStored(local, hintKey, user.id);
  session.set({ status: "signedIn", user, token: accessToken, expiresAtMs });
  channel?.postMessage({ type: "session", user, token: accessToken, expiresAtMs } satisfies Message);
}

export function changeProfile(user: Profile): void {
  const current = session.get();
  if (current.status !== "signedIn") return;
  session.set({ ...current, user });
  channel?.postMessage({
    type: "session",
    user,
    token: current.token,
    expiresAtMs: current.expiresAtMs,
  } satisfies Message);
}

export function endSession(): void {
  forgetAllHolds();
  writeStored(local, hintKey, undefined);
  session.set({ status: "anonymous" });
  channel?.postMessage({ type: "ended" } satisfies Message);
}

/** Resolves once it is known whether somebody is signed in; a server that does not answer leaves it open. */
export async function restoreSession(): Promise<Session> {
  const current = session.get();
  if (current.status === "restoring") await renew().catch(() => undefined);
  return session.get();
}

/** A guest session where there is none, so that one can buy without an account. */
export async function ensureBuyer(): Promise<void> {
  if ((await restoreSession()).status === "signedIn") return;
  adoptSession(await postAuth("/api/v1/auth/guest"));
}

export async function signOut(): Promise<void> {
  await fetch("/api/v1/auth/logout", { method: "POST" });
  endSession();
}

/** As fetch, with the access token: renewed a little before its end, and once more if the server does not like it. */
export async function authorisedFetch(request: Request): Promise<Response> {
  const token = await currentToken();
  const attempt = request.clone();
  const response = await withWork(await send(request, token), (name, value) => {
    const again = attempt.clone();
    again.headers.set(name, value);
    return send(again, token);
  });
  // A wrong password is no stale token: asking again would only count as another attempt.
  const isSignIn = new URL(request.url).pathname.startsWith("/api/v1/auth/");
  if (response.status !== 401 || token === undefined || isSignIn) return response;
  const renewed = await renew(token);
  return renewed === undefined ? response : send(attempt, renewed);
}

type Again = (header: string, value: string) => Promise<Response>;

/** A server that asks for a little work first gets it: rare, so that what does it comes only then. */
async function withWork(response: Response, again: Again): Promise<Response> {
  return response.status === 403 ? (await import("@/lib/work/solve")).workFor(response, again) : response;
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  const response = await fetch(request);
  noteServerTime(response.headers.get("Date"), Date.now());
  return response;
}

async function currentToken(): Promise<string | undefined> {
  const current = session.get();
  if (current.status === "anonymous") return undefined;
  if (current.status === "signedIn" && current.expiresAtMs - renewBeforeMs > Date.now()) return current.token;
  return renew(current.status === "signedIn" ? current.token : undefined);
}

let renewing: Promise<string | undefined> | undefined;

/** One renewal at a time in this tab, and by the lock one among all tabs: a second would find its cookie replaced. */
function renew(stale?: string): Promise<string | undefined> {
  renewing ??= withLock(() => renewAlone(stale)).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function renewAlone(stale: string | undefined): Promise<string | undefined> {
  const current = session.get();
  // Another tab was faster and told this one.
  if (current.status === "signedIn" && current.token !== stale && current.expiresAtMs - renewBeforeMs > Date.now()) {
    return current.token;
  }
  try {
    adoptSession(await postAuth("/api/v1/auth/refresh"));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error;
    endSession();
    return undefined;
  }
  const renewed = session.get();
  return renewed.status === "signedIn" ? renewed.token : undefined;
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return await navigator.locks.request("onsale-session", async () => await work());
}

async function postAuth(address: string): Promise<SignedIn> {
  const response = await withWork(await fetch(address, { method: "POST" }), (name, value) =>
    fetch(address, { method: "POST", headers: { [name]: value } }),
  );
  noteServerTime(response.headers.get("Date"), Date.now());
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(readProblem(body, response.status));
  return body as SignedIn;
}
