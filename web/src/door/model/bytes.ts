/** Newer browsers do it by themselves, many times as fast: a list is megabytes. */
const own = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (own.fromBase64 !== undefined) return own.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function bytesOfId(id: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  const hex = id.replaceAll("-", "");
  for (let i = 0; i < 16; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

export function idOfBytes(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join("-");
}

/** As many as a JavaScript number holds exactly. */
export const numberBytes = 6;

/** The number in 6 bytes from a position: as large as a JavaScript number holds exactly. */
export function numberAt(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let i = from; i < from + numberBytes; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}
