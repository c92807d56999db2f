import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { fetchBlob } from "@/api/client";
import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import { makeLiveCodes, type LiveTicket } from "@/lib/live-tickets/live-code";
import { isSure, readClock, timeBy, type ClockReading } from "@/lib/live-tickets/phone-clock";
import { qrPathOf, type QrPath } from "@/lib/live-tickets/qr-path";
import { liveSourceOf, type CodeSource } from "@/lib/live-tickets/source";
import styles from "./live-code.module.css";

const en = {
  about: "This code changes every 15 seconds and works without a network. A picture of it does not admit.",
  clock:
    "The time of this phone could not be checked. If the entrance finds the code too old, set the time to automatic.",
  failed: "The live code could not be loaded. It needs the network once, then it works without.",
  retry: "Try again",
  paper: "This ticket is shown live on the phone. There is no code to print.",
};

const texts: Record<Language, typeof en> = {
  en,
  de: {
    about: "Dieser Code wechselt alle 15 Sekunden und funktioniert ohne Netz. Ein Bild davon gilt nicht.",
    clock:
      "Die Uhrzeit dieses Telefons ließ sich nicht prüfen. Falls der Einlass den Code zu alt findet, stellen Sie die Zeit auf automatisch.",
    failed: "Der Live-Code konnte nicht geladen werden. Er braucht einmal das Netz, danach geht es ohne.",
    retry: "Noch einmal versuchen",
    paper: "Dieses Ticket wird live am Telefon gezeigt. Es gibt keinen Code zum Drucken.",
  },
  es: {
    about: "Este código cambia cada 15 segundos y funciona sin red. Una imagen de él no vale.",
    clock:
      "No se pudo comprobar la hora de este teléfono. Si en la entrada el código parece antiguo, ponga la hora en automático.",
    failed: "No se pudo cargar el código en vivo. Necesita la red una vez; después funciona sin ella.",
    retry: "Intentar de nuevo",
    paper: "Esta entrada se muestra en vivo en el teléfono. No hay código que imprimir.",
  },
  ar: {
    about: "يتغير هذا الرمز كل 15 ثانية ويعمل من دون شبكة. صورة منه لا تصلح للدخول.",
    clock: "تعذر التحقق من وقت هذا الهاتف. إن بدا الرمز قديمًا عند المدخل فاضبط الوقت تلقائيًا.",
    failed: "تعذر تحميل الرمز الحي. يحتاج إلى الشبكة مرة واحدة، ثم يعمل من دونها.",
    retry: "حاول مرة أخرى",
    paper: "تُعرض هذه التذكرة حيّة على الهاتف. لا يوجد رمز للطباعة.",
  },
};

interface LiveCodeProps {
  /** The query for its picture. */
  source: CodeSource;
  /** What the picture is of. */
  label: string;
}

/** A ticket's code, made anew on this device every 15 seconds; also without a network, once it was opened. */
export default function LiveCode({ source, label }: LiveCodeProps) {
  const own = texts[useI18n().language];
  const { key, address, headers } = liveSourceOf(source);
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const askedAt = Date.now();
      const ticket = JSON.parse(await (await fetchBlob(address, headers)).text()) as LiveTicket;
      return { ticket, clock: readClock(ticket.serverTime, askedAt) };
    },
    // The key may be another one after the event's was replaced.
    staleTime: 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    throwOnError: false,
  });
  const shown = useShown(data, () => void refetch());
  useWakeLock();
  if (data === undefined && error !== null) {
    return (
      <div className={styles.live}>
        <p className="small">{own.failed}</p>
        <Button variant="default" onClick={() => void refetch()}>
          {own.retry}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.live}>
      {shown === undefined ? (
        <Skeleton className={styles.picture} />
      ) : (
        <svg
          className={styles.picture}
          viewBox={`0 0 ${String(shown.size)} ${String(shown.size)}`}
          role="img"
          aria-label={label}
          shapeRendering="crispEdges"
          data-step={shown.step}
        >
          <path d={shown.path} fill="#000" />
        </svg>
      )}
      <div className={styles.time} aria-hidden="true">
        {shown !== undefined && (
          <div key={shown.step} className={styles.left} style={{ animationDelay: `-${String(shown.agoMs)}ms` }} />
        )}
      </div>
      <p className={`${styles.note ?? ""} small muted`}>{shown?.isSure === false ? own.clock : own.about}</p>
      <p className={styles.onPaper}>{own.paper}</p>
    </div>
  );
}

interface Shown extends QrPath {
  step: number;
  /** How long its step had gone on, ms. */
  agoMs: number;
  isSure: boolean;
}

/** The code of this moment. */
function useShown(
  data: { ticket: LiveTicket; clock: ClockReading } | undefined,
  askAnew: () => void,
): Shown | undefined {
  const [shown, setShown] = useState<Shown>();
  const onUnsure = useEffectEvent(askAnew);
  useEffect(() => {
    if (data === undefined) return;
    const { ticket, clock } = data;
    const stepMs = ticket.stepSeconds * 1_000;
    const codes = makeLiveCodes(ticket);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasEnded = false;
    const show = async () => {
      clearTimeout(timer);
      const now = timeBy(clock);
      const step = Math.floor(now / stepMs);
      const drawn = qrPathOf(await (await codes)(step));
      if (hasEnded) return;
      const sure = isSure(clock);
      setShown({ ...drawn, step, agoMs: now % stepMs, isSure: sure });
      if (!sure && navigator.onLine) onUnsure();
      clearTimeout(timer);
      timer = setTimeout(() => void show(), stepMs - (timeBy(clock) % stepMs));
    };
    // Timers of a page that nobody sees are late.
    const onVisible = () => {
      if (!document.hidden) void show();
    };
    void show();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      hasEnded = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [data]);
  return shown;
}

/** Keeps the screen on while the ticket is shown, where the browser lets it. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let hasEnded = false;
    const ask = async () => {
      if (!("wakeLock" in navigator) || document.hidden) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (hasEnded) await lock.release();
      } catch {
        // Short of battery: the screen may go dark.
      }
    };
    const onVisible = () => void ask();
    void ask();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      hasEnded = true;
      void lock?.release();
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
}
