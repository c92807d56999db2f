import { isLanguage, type Language } from "@/i18n/messages";
import type { Challenge } from "./find-number";

/** Said while a device works, where that takes long enough to wonder. */
const texts: Record<Language, string> = {
  en: "One moment: many requests come from your network, so this device does a short check.",
  de: "Einen Moment: Aus Ihrem Netz kommen viele Anfragen, deshalb rechnet dieses Gerät kurz etwas aus.",
  es: "Un momento: llegan muchas solicitudes desde su red, así que este dispositivo hace una breve comprobación.",
  ar: "لحظة من فضلك: تصل طلبات كثيرة من شبكتك، لذلك يجري هذا الجهاز فحصًا قصيرًا.",
};

const tellAfterMs = 700;

/** What the server says after the work that it asks for; an answer that asks for none is that answer. */
export async function workFor(
  response: Response,
  again: (header: string, value: string) => Promise<Response>,
): Promise<Response> {
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { code?: string; challenge: Challenge } | undefined;
  return body?.code === "work-required" ? again("Proof-Of-Work", await solve(body.challenge)) : response;
}

/** A solved challenge. The work is done beside the page, which stays usable. */
async function solve(challenge: Challenge): Promise<string> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const telling = setTimeout(tell, tellAfterMs);
  try {
    const number = await new Promise<number | undefined>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<number | undefined>) => resolve(data);
      worker.onerror = () => reject(new Error("The worker failed."));
      worker.postMessage(challenge);
    });
    const { algorithm, challenge: hash, salt, signature } = challenge;
    return btoa(JSON.stringify({ algorithm, challenge: hash, number, salt, signature }));
  } finally {
    clearTimeout(telling);
    worker.terminate();
    document.getElementById(noticeId)?.remove();
  }
}

const noticeId = "onsale-work";

/** Without the app's parts: it may come before any page is drawn. A screen reader reads it once. */
function tell(): void {
  const language = document.documentElement.lang;
  const notice = document.createElement("p");
  notice.id = noticeId;
  notice.setAttribute("role", "status");
  notice.className = "work-notice";
  document.body.append(notice);
  notice.textContent = texts[isLanguage(language) ? language : "en"];
}
