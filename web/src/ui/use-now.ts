import { useEffect, useState } from "react";
import { serverNow } from "@/lib/server-clock";

/** The server's time, anew at every interval. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
