import type { components } from "@/api/schema";
import { bytesOfId } from "../model/bytes";

type Schemas = components["schemas"];
type Sent = Schemas["ScanRequest"];

export const eventId = "019b76da-a800-75fa-aa79-b1bda91fdef2";
const deviceId = "019b76da-a800-75fa-aa79-000000000001";

/** A ticket's code that people type. */
export function codeOf(number: number): string {
  return `0000000000${String(number).padStart(2, "0")}ABCD`;
}

export function idOf(number: number): string {
  return `019b76da-a800-75fa-aa7a-${String(number).padStart(12, "0")}`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

async function hash(text: string): Promise<Uint8Array> {
  const bytes = Buffer.concat([bytesOfId(eventId), Buffer.from(text)]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

async function column(texts: string[], length: number): Promise<string> {
  return base64(Buffer.concat((await Promise.all(texts.map(hash))).map((whole) => whole.subarray(0, length))));
}

/** Answers the door's requests for its unit tests as the server does; the real one is met in the browser tests. */
export class FakeDoorServer {
  isAway = false;
  /** Answers every device as unpaired. */
  isRevoked = false;
  isPairingUsed = false;
  tickets = 5;
  readonly cancelled = new Set<number>();
  listVersion = 1;
  rotatingCodes = false;
  readonly received: Sent[] = [];
  readonly asked: string[] = [];
  /** What the next answer of changes tells. */
  changed: Schemas["ChangedTicket"][] = [];
  conflicts: Schemas["DoorConflict"][] = [];
  /** Tickets from this one on are told as sold since. */
  toldUpTo: number | undefined;
  /** Runs while a part of the list is on its way. */
  whilePart: (() => Promise<void>) | undefined;

  readonly #keys = crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

  /** What is shown of a ticket at a moment, of its holder after so many changes of hands. */
  async show(number: number, at: number, counter = 0): Promise<string> {
    const phone = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const holderKey = Buffer.from(await crypto.subtle.exportKey("raw", phone.publicKey));
    const payload = payloadOf(number, counter, 2);
    const step = Buffer.alloc(4);
    step.writeUInt32BE(Math.floor(at / 15_000));
    const id = bytesOfId(eventId);
    const ticket = await this.#sign((await this.#keys).privateKey, "onsale live ticket\n", id, payload, holderKey);
    const shown = await this.#sign(phone.privateKey, "onsale live code\n", id, payload, step);
    return toBase36(Buffer.concat([payload, holderKey, ticket, step, shown]), 274);
  }

  /** A ticket's signed code, of its holder after so many changes of hands. */
  async sign(number: number, counter: number): Promise<string> {
    const payload = payloadOf(number, counter, 1);
    const key = (await this.#keys).privateKey;
    const signature = await this.#sign(key, "onsale ticket\n", bytesOfId(eventId), payload);
    return toBase36(Buffer.concat([payload, signature]), 120);
  }

  async #sign(key: CryptoKey, purpose: string, ...parts: Uint8Array[]): Promise<Buffer> {
    return Buffer.from(await crypto.subtle.sign("Ed25519", key, Buffer.concat([Buffer.from(purpose), ...parts])));
  }

  readonly fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    if (this.isAway) throw new TypeError("Failed to fetch");
    const name = path.replace("/api/v1/door/", "").replace(/\?.*/, "");
    this.asked.push(name);
    const body = JSON.parse(typeof init?.body === "string" ? init.body : "{}") as unknown;
    if (name === "pair")
      return this.isPairingUsed
        ? refuse(404, "pairing-not-found")
        : Response.json({ token: `token-${String(this.asked.length)}`, deviceId, device: "North" });
    if (this.isRevoked) return refuse(403, "device-not-paired");
    if (name === "event") return Response.json(await this.#event());
    if (name === "tickets") {
      const part = await this.part();
      await this.whilePart?.();
      return Response.json(part);
    }
    if (name === "changes") {
      const answer = {
        state: await this.#state(),
        reload: false,
        ...(this.toldUpTo === undefined ? {} : { list: await this.part(this.toldUpTo) }),
        tickets: this.changed,
        conflicts: this.conflicts,
      };
      [this.changed, this.conflicts, this.toldUpTo] = [[], [], undefined];
      return Response.json(answer);
    }
    return this.#scans((body as Schemas["ScansRequest"]).scans);
  };

  /** As SendScans.Check has it: one scan that is wrong refuses the request. */
  #scans(scans: Sent[]): Response {
    if (scans.some(({ code }) => code != null && (code.length > 300 || code.includes("\0"))))
      return refuse(400, "validation");
    this.received.push(...scans);
    return Response.json({
      results: scans.map(({ nonce, kind }) => ({ nonce, kind, outcome: "accepted" })),
    });
  }

  async #state(): Promise<Schemas["DoorState"]> {
    const publicKey = base64(new Uint8Array(await crypto.subtle.exportKey("raw", (await this.#keys).publicKey)));
    return {
      serverTime: new Date().toISOString(),
      changesAfter: String(this.asked.length),
      listVersion: this.listVersion,
      rotatingCodes: this.rotatingCodes,
      keys: [{ number: 1, publicKey, createdAt: new Date().toISOString(), revoked: false }],
    };
  }

  async #event(): Promise<Schemas["DoorEvent"]> {
    return {
      deviceId,
      device: "North",
      eventId,
      event: "A concert",
      startsAt: new Date().toISOString(),
      timeZone: "UTC",
      tiers: ["Floor"],
      showsNames: true,
      tickets: this.tickets,
      others: [],
      state: await this.#state(),
    };
  }

  /** Those on the list from one on. */
  async part(from = 0): Promise<Schemas["DoorTicketPart"]> {
    const numbers = Array.from({ length: this.tickets - from }, (_, i) => from + i);
    const codes = numbers.map(codeOf);
    return {
      ids: base64(Buffer.concat(numbers.map((number) => bytesOfId(idOf(number))))),
      references: await column(
        codes.map((code) => code.slice(0, 12)),
        6,
      ),
      codes: await column(codes, 16),
      tiers: numbers.map(() => 0),
      labels: numbers.map((number) => `Seat ${String(number)}`),
      names: numbers.map(() => "Ada Brook"),
      counters: numbers.map(() => 0),
      cancelled: numbers.flatMap((number, i) => (this.cancelled.has(number) ? [i] : [])),
      disputed: [],
      inside: [],
      wentOut: [],
    };
  }
}

function payloadOf(number: number, counter: number, version: number): Buffer {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const reference = [...codeOf(number).slice(0, 12)].reduce((sum, one) => sum * 32n + BigInt(digits.indexOf(one)), 0n);
  const payload = Buffer.alloc(13);
  payload.writeUInt32BE(((((version << 5) | 1) << 24) | parseInt(eventId.slice(-6), 16)) >>> 0);
  payload.writeUInt8(counter >> 4, 4);
  payload.writeBigUInt64BE((BigInt(counter & 15) << 60n) | reference, 5);
  return payload;
}

function toBase36(bytes: Buffer, length: number): string {
  return BigInt(`0x${bytes.toString("hex")}`)
    .toString(36)
    .toUpperCase()
    .padStart(length, "0");
}

function refuse(status: number, code: string): Response {
  return Response.json({ code, detail: code }, { status });
}
