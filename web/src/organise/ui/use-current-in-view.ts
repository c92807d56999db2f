import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** For a strip of links that a phone shows a part of: the one of this page is in the part that is seen. */
export function useCurrentInView<T extends HTMLElement>() {
  const strip = useRef<T>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const current = strip.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (strip.current === null || current === null || current === undefined) return;
    const [box, link] = [strip.current.getBoundingClientRect(), current.getBoundingClientRect()];
    // Only sideways: the page itself stays where it is.
    strip.current.scrollLeft += link.left + link.width / 2 - (box.left + box.width / 2);
  }, [path]);
  return strip;
}
