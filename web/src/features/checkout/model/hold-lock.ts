const name = "onsale-hold";

/**
 * Tells the shop's worker that places are held in this tab: a lock is what both see, and it goes with its page.
 * @returns What gives it back.
 */
export function lockHold(): () => void {
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  if ("locks" in navigator) void navigator.locks.request(name, { mode: "shared" }, () => held).catch(() => undefined);
  return () => release?.();
}
