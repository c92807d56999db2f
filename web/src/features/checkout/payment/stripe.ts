import { perTab, readStored, writeStored } from "@/lib/storage";

/** The part of the provider's script that the checkout uses. */
export interface Stripe {
  elements: (options: ElementsOptions) => StripeElements;
  createPaymentMethod: (of: {
    elements: StripeElements;
  }) => Promise<{ paymentMethod?: { id: string }; error?: StripeError }>;
  handleNextAction: (of: { clientSecret: string }) => Promise<{ error?: StripeError }>;
}

export interface StripeError {
  message?: string;
}

export interface StripeElements {
  create: (type: "payment") => PaymentElement;
  submit: () => Promise<{ error?: StripeError }>;
}

export interface PaymentElement {
  mount: (into: HTMLElement) => void;
  destroy: () => void;
  on: (event: "ready" | "loaderror", listener: () => void) => void;
}

interface ElementsOptions {
  mode: "payment";
  /** In the provider's units. */
  amount: number;
  currency: string;
  paymentMethodTypes: string[];
  paymentMethodCreation: "manual";
  locale: string;
  appearance: { theme: "stripe"; variables: Record<string, string> };
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => Stripe;
  }
}

/**
 * Whether this page may load the script. Only the checkout may, and a page keeps the policy that it was fetched with:
 * one that was come to within the app is fetched once more.
 */
export function isScriptAllowed(): boolean {
  return document.querySelector('meta[name="onsale-payment-script"]') !== null;
}

const reloadedKey = "onsale:payment-reload";

/**
 * Fetches the page once more for its policy; false: that has not helped before, as where a cache between serves the
 * page without it.
 */
function reloadForScript(): boolean {
  if (readStored<string>(perTab, reloadedKey) === location.pathname) return false;
  writeStored(perTab, reloadedKey, location.pathname);
  // Without a store that keeps it, it could not end.
  if (readStored<string>(perTab, reloadedKey) !== location.pathname) return false;
  location.reload();
  return true;
}

const scripts = new Map<string, Promise<void>>();

export async function loadStripe(scriptUrl: string, publishableKey: string): Promise<Stripe> {
  if (!isScriptAllowed()) {
    if (!reloadForScript()) throw new Error("This page may not load the payment provider's script.");
    return new Promise(() => {});
  }
  writeStored(perTab, reloadedKey, undefined);
  let loading = scripts.get(scriptUrl);
  if (loading === undefined) {
    loading = load(scriptUrl).catch((error: unknown) => {
      scripts.delete(scriptUrl);
      throw error;
    });
    scripts.set(scriptUrl, loading);
  }
  await loading;
  if (window.Stripe === undefined) throw new Error("The payment provider's script defines nothing.");
  return window.Stripe(publishableKey);
}

function load(scriptUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scriptUrl;
    script.async = true;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error("The payment provider's script could not be loaded."));
    });
    document.head.append(script);
  });
}
