import { useEffect, useRef, useState } from "react";

const betweenMs = 30_000;

/** What a screen reader is told: at most twice a minute, and at once what must not wait. */
export function useAnnouncement(text: string, isUrgent: boolean): string {
  const [said, setSaid] = useState(text);
  const saidAt = useRef(0);
  useEffect(() => {
    if (text === said) return;
    const say = (): void => {
      saidAt.current = performance.now();
      setSaid(text);
    };
    if (isUrgent) {
      say();
      return;
    }
    const timer = setTimeout(say, Math.max(0, saidAt.current + betweenMs - performance.now()));
    return () => clearTimeout(timer);
  }, [text, said, isUrgent]);
  return said;
}
