import type { TextKey, Texts } from "../i18n/text";

const names: Readonly<Record<string, TextKey>> = {
  cash: "method.cash",
  card: "method.card",
  comp: "method.comp",
  invoice: "method.invoice",
  transfer: "method.transfer",
};

/** How a payment was made, in words; a provider that the catalogues have no word for, by its own name. */
export function methodName(method: string, t: Texts): string {
  const key = names[method];
  return key === undefined ? method : t(key);
}
