import type { LiveStatus } from "./live-feed";

export interface Transport {
  close(): void;
}

export interface TransportContext {
  eventId: string;
  /** The version to go on from; undefined while nothing is known. */
  version: () => number | undefined;
  onMessage: (message: unknown, status: LiveStatus) => void;
  onClose: () => void;
}

export type TransportOpener = (context: TransportContext) => Transport;

const pollEveryMs = 4000;

function addressOf({ eventId, version }: TransportContext, name: "live" | "availability", parameter: string): URL {
  const address = new URL(`/api/v1/events/${eventId}/${name}`, location.origin);
  const known = version();
  if (known !== undefined) address.searchParams.set(parameter, String(known));
  return address;
}

export const openWebSocket: TransportOpener = (context) => {
  const address = addressOf(context, "live", "version");
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }: MessageEvent<string>) => context.onMessage(JSON.parse(data), "live");
  socket.onclose = () => context.onClose();
  return {
    close: () => {
      socket.onclose = null;
      socket.close();
    },
  };
};

export const openEventSource: TransportOpener = (context) => {
  const source = new EventSource(addressOf(context, "live", "version"));
  const receive = ({ data }: MessageEvent<string>) => context.onMessage(JSON.parse(data), "live");
  source.onmessage = receive;
  for (const type of ["snapshot", "changes", "viewers", "event"]) source.addEventListener(type, receive);
  // The browser would reconnect by itself, with the old address: its version is behind by then.
  source.onerror = () => {
    source.close();
    context.onClose();
  };
  return { close: () => source.close() };
};

/** Asks for what changed since the version at hand, at a pace with some chance in it. */
export const poll: TransportOpener = (context) => {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    try {
      const response = await fetch(addressOf(context, "availability", "since"), { signal: abort.signal });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      const answer = (await response.json()) as { from?: number | null };
      context.onMessage({ ...answer, type: typeof answer.from === "number" ? "changes" : "snapshot" }, "polling");
      timer = setTimeout(() => void ask(), pollEveryMs * (0.75 + Math.random() / 2));
    } catch {
      if (!abort.signal.aborted) context.onClose();
    }
  };
  void ask();
  return {
    close: () => {
      abort.abort();
      clearTimeout(timer);
    },
  };
};
