const backgroundMs = 100;

/**
 * Resolves when the frame that answers a touch or key has been drawn: what takes longer begins after it, so that what
 * was pressed is seen to be pressed at once.
 */
export function afterPaint(): Promise<void> {
  // The first views are drawn where there are no frames at all.
  if (typeof requestAnimationFrame === "undefined") return Promise.resolve();
  return new Promise((resolve) => {
    // A page in the background draws no frames.
    const background = setTimeout(resolve, backgroundMs);
    requestAnimationFrame(() => {
      clearTimeout(background);
      // Callbacks of a frame run before it is drawn.
      setTimeout(resolve);
    });
  });
}
