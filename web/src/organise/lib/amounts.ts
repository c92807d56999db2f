import { minorDigits } from "@/i18n/format";

/** "45.50" or "45,50" in the currency's minor units; undefined for what is no amount, or has too many digits. */
export function parseAmount(text: string, currency: string): number | undefined {
  return parseDecimal(text, minorDigits(currency));
}

/** A number of so many decimals at most, as a whole number of its last ones. */
export function parseDecimal(text: string, digits: number): number | undefined {
  const match = /^\s*(\d{1,12})(?:[.,](\d*))?\s*$/.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return undefined;
  return Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, "0") || "0");
}

/** As one would type it: "45.50", "45" where nothing follows the point. */
export function amountText(amount: number | undefined, currency: string): string {
  if (amount === undefined) return "";
  return decimalText(amount, minorDigits(currency));
}

export function decimalText(amount: number, digits: number): string {
  const whole = Math.floor(amount / 10 ** digits);
  const fraction = amount % 10 ** digits;
  return fraction === 0 ? String(whole) : `${whole}.${String(fraction).padStart(digits, "0")}`;
}
