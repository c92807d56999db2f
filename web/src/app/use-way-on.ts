import { useRouter } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { useAccount } from "@/session/use-session";

/** The way on from signing in, taken at once by who is signed in already, perhaps in another tab. */
export function useWayOn(to = "/"): () => void {
  const { history } = useRouter();
  const isSignedIn = useAccount() !== undefined;
  const goOn = useCallback(() => {
    // The organisers' pages are another app.
    if (/^\/organise(?:[/?]|$)/.test(to)) location.replace(to);
    else history.replace(to);
  }, [history, to]);
  useEffect(() => {
    if (isSignedIn) goOn();
  }, [isSignedIn, goOn]);
  return goOn;
}
