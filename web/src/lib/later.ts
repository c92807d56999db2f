import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const firstPauseMs = 2000;
const longestPauseMs = 120_000;

/**
 * A part that a page can do without for a while, in a file of its own. Where the file cannot be fetched, as offline,
 * the page goes on without the part and asks for it again, ever more rarely; an error would take the whole page away.
 */
export function later<Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() => untilLoaded(load));
}

/** Asks again until the file has come. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
