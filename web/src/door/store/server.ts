import type { components } from "@/api/schema";
import type { QueuedScan } from "./database";

type Schemas = components["schemas"];

/** The server said no. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** What was sent is wrong: the same again would be refused again. */
  get isAboutContent(): boolean {
    return this.status === 400 || this.status === 413;
  }

  /** The token is good for nothing any more. */
  get isUnpaired(): boolean {
    return this.code === "device-not-paired";
  }
}

async function ask<T>(path: string, token: string | undefined, body?: unknown, timeoutMs = 15_000): Promise<T> {
  const response = await fetch(`/api/v1/door/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(token === undefined ? {} : { "Door-Device": token }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: "no-store",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new RefusedError(response.status, problem.code ?? "", problem.detail ?? "");
}

/** What the door asks the server. */
export const server = {
  pair: (code: string) => ask<Schemas["PairedDevice"]>("pair", undefined, { code }),
  event: (token: string) => ask<Schemas["DoorEvent"]>("event", token),
  part: (token: string, after: string | undefined) =>
    ask<Schemas["DoorTicketPart"]>(
      after === undefined ? "tickets" : `tickets?after=${after}`,
      token,
      undefined,
      60_000,
    ),
  changes: (token: string, after: string) => ask<Schemas["DoorChanges"]>(`changes?after=${after}`, token),
  /** Scans that the device has decided by itself. */
  send: (token: string, scans: QueuedScan[], sentAt: string) =>
    ask<Schemas["ScansResponse"]>(
      "check-ins",
      token,
      {
        scans: scans.map(({ nonce, code, ticketId, kind, gate, scannedAt, admitted }) => ({
          nonce,
          code,
          ticketId,
          kind,
          gate,
          scannedAt,
          admitted,
        })),
        sentAt,
      },
      30_000,
    ),
  /** One scan, to be decided there. */
  decide: (
    token: string,
    scan: Omit<QueuedScan, "admitted" | "outcome" | "mark">,
    sentAt: string,
    timeoutMs: number,
  ) => {
    const { nonce, code, ticketId, kind, gate, scannedAt } = scan;
    const asked = { nonce, code, ticketId, kind, gate, scannedAt };
    return ask<Schemas["ScansResponse"]>("check-ins", token, { scans: [asked], sentAt }, timeoutMs);
  },
};
