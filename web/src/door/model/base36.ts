const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const valueOf = new Map([...digits].map((digit, value) => [digit, BigInt(value)]));

/** Base 36 as so many bytes; undefined where it has other characters, or is more than that. */
export function bytesOfBase36(text: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = valueOf.get(character);
    if (digit === undefined) return undefined;
    value = value * 36n + digit;
  }
  const bytes = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(value & 255n);
    value >>= 8n;
  }
  return value === 0n ? bytes : undefined;
}
