import { beforeEach, describe, expect, it, vi } from "vitest";
import { MemoryStorage } from "@/testing/memory-storage";

interface Sent {
  path: string;
  method: string;
  token: string | null;
}

const user = { id: "u1", kind: "guest" };
let sent: Sent[];
let answers: ((request: Sent) => Response)[];

class Channel extends EventTarget {
  static readonly all: Channel[] = [];

  constructor() {
    super();
    Channel.all.push(this);
  }

  postMessage(data: unknown): void {
    for (const other of Channel.all) {
      if (other !== this) other.dispatchEvent(new MessageEvent("message", { data }));
    }
  }
}

function json(status: number, body: unknown): () => Response {
  return () => new Response(JSON.stringify(body), { status, headers: { Date: new Date().toUTCString() } });
}

const signedIn = (accessToken: string, expiresIn = 900) => json(200, { user, accessToken, expiresIn });

/** A tab: its modules are its own, storage and channel are the browser's. */
async function openTab() {
  vi.resetModules();
  return await import("./session");
}

beforeEach(() => {
  sent = [];
  answers = [];
  Channel.all.length = 0;
  vi.unstubAllGlobals();
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("BroadcastChannel", Channel);
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => {
    const request = typeof input === "string" ? new Request(`http://localhost${input}`, init) : input;
    const seen = {
      path: new URL(request.url).pathname,
      method: request.method,
      token: request.headers.get("Authorization"),
    };
    sent.push(seen);
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new TypeError("no network")) : Promise.resolve(answer(seen));
  });
});

const request = () => new Request("http://localhost/api/v1/me/bookings");

describe("a session", () => {
  it("restoreSession_first visit_asks for nothing", async () => {
    const { restoreSession } = await openTab();
    expect(await restoreSession()).toEqual({ status: "anonymous" });
    expect(sent).toEqual([]);
  });

  it("ensureBuyer_no session_makes a guest once, and a reload renews it by the cookie", async () => {
    answers = [signedIn("first"), signedIn("second")];
    const tab = await openTab();
    await tab.ensureBuyer();
    await tab.ensureBuyer();
    const reloaded = await openTab();
    expect(await reloaded.restoreSession()).toMatchObject({ status: "signedIn", token: "second" });
    expect(sent.map(({ path }) => path)).toEqual(["/api/v1/auth/guest", "/api/v1/auth/refresh"]);
  });

  it("restoreSession_refresh is refused_is anonymous and does not try again", async () => {
    answers = [signedIn("first"), json(401, { status: 401, code: "unauthenticated", detail: "" })];
    await (await openTab()).ensureBuyer();
    const reloaded = await openTab();
    expect(await reloaded.restoreSession()).toEqual({ status: "anonymous" });
    const again = await openTab();
    expect(await again.restoreSession()).toEqual({ status: "anonymous" });
    expect(sent).toHaveLength(2);
  });

  it("restoreSession_server does not answer_stays open, so that the cookie is tried later", async () => {
    answers = [signedIn("first")];
    await (await openTab()).ensureBuyer();
    const reloaded = await openTab();
    expect(await reloaded.restoreSession()).toEqual({ status: "restoring" });
    answers = [signedIn("second")];
    expect(await reloaded.restoreSession()).toMatchObject({ token: "second" });
  });
});

describe("authorisedFetch", () => {
  it("authorisedFetch_token about to end_renews it first, once for requests at the same time", async () => {
    answers = [signedIn("old", 30), signedIn("new"), json(200, {}), json(200, {})];
    const tab = await openTab();
    await tab.ensureBuyer();
    await Promise.all([tab.authorisedFetch(request()), tab.authorisedFetch(request())]);
    expect(sent.slice(1).map(({ path, token }) => [path, token])).toEqual([
      ["/api/v1/auth/refresh", null],
      ["/api/v1/me/bookings", "Bearer new"],
      ["/api/v1/me/bookings", "Bearer new"],
    ]);
  });

  it("authorisedFetch_401 to a token_renews and asks once more, no oftener", async () => {
    const refused = json(401, { status: 401, code: "unauthenticated", detail: "" });
    answers = [signedIn("old"), refused, signedIn("new"), refused];
    const tab = await openTab();
    await tab.ensureBuyer();
    expect((await tab.authorisedFetch(request())).status).toBe(401);
    expect(sent.map(({ token }) => token)).toEqual([null, "Bearer old", null, "Bearer new"]);
  });

  it("authorisedFetch_401 to a wrong password_is the answer, and no reason to renew", async () => {
    answers = [signedIn("old"), json(401, { status: 401, code: "invalid-credentials", detail: "" })];
    const tab = await openTab();
    await tab.ensureBuyer();
    const login = new Request("http://localhost/api/v1/auth/login", { method: "POST", body: "{}" });
    expect((await tab.authorisedFetch(login)).status).toBe(401);
    expect(sent).toHaveLength(2);
  });
});

describe("several tabs", () => {
  it("adoptSession_one tab_is known to the others, without a request", async () => {
    answers = [signedIn("shared")];
    const other = await openTab();
    const tab = await openTab();
    await tab.ensureBuyer();
    expect(other.session.get()).toMatchObject({ status: "signedIn", token: "shared" });
    expect(sent).toHaveLength(1);
  });

  it("signOut_one tab_ends it in all, and leaves no holds", async () => {
    answers = [signedIn("shared"), json(200, {})];
    const other = await openTab();
    const tab = await openTab();
    await tab.ensureBuyer();
    localStorage.setItem("onsale.holds", "[]");
    await tab.signOut();
    expect([tab.session.get().status, other.session.get().status]).toEqual(["anonymous", "anonymous"]);
    expect(localStorage.length).toBe(0);
  });

  it("renew_another tab was faster while this one waited for the lock_takes its token", async () => {
    answers = [signedIn("old", 30)];
    const tab = await openTab();
    await tab.ensureBuyer();
    vi.stubGlobal("navigator", {
      locks: {
        request: async (_: string, work: () => Promise<unknown>) => {
          const expiresAtMs = Date.now() + 900_000;
          new Channel().postMessage({ type: "session", user, token: "theirs", expiresAtMs });
          return await work();
        },
      },
    });
    answers = [json(200, {})];
    await tab.authorisedFetch(request());
    expect(sent.map(({ path }) => path)).toEqual(["/api/v1/auth/guest", "/api/v1/me/bookings"]);
    expect(sent[1]?.token).toBe("Bearer theirs");
  });
});
