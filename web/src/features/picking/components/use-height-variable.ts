import { useEffect, useRef } from "react";

/**
 * Tells the style sheet how high an element of the picking page is, as a variable of the page: the map gets what the bar
 * above it and the sheet below it leave, however high they are.
 */
export function useHeightVariable<T extends HTMLElement>(name: `--${string}`) {
  const element = useRef<T>(null);
  useEffect(() => {
    const measured = element.current;
    const page = measured?.parentElement;
    if (measured == null || page == null) return;
    const observer = new ResizeObserver(() => page.style.setProperty(name, `${measured.offsetHeight}px`));
    observer.observe(measured, { box: "border-box" });
    return () => observer.disconnect();
  }, [name]);
  return element;
}
