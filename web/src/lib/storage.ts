/** Storage that may be switched off or full: then the app forgets, and goes on. */
export function readStored<T>(storage: () => Storage, key: string): T | undefined {
  try {
    const text = storage().getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function writeStored(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Private windows refuse to store; what was to be kept lives as long as the page.
  }
}

export const local = (): Storage => localStorage;
export const perTab = (): Storage => sessionStorage;

export function setCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
