import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ProblemError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import type { PaymentMeans } from "../api/booking";
import type { PaymentFormProps } from "./payment-form";
import { isScriptAllowed, loadStripe, type Stripe, type StripeElements, type StripeError } from "./stripe";

interface StripeFormProps extends PaymentFormProps {
  settings: { publishableKey: string; scriptUrl: string; methods: string[]; units: number; currency: string };
}

/** The provider's own form, in frames of its own: what is typed there never passes through this site. */
export function StripeForm({ settings, onMeans }: StripeFormProps) {
  const { t, language } = useI18n();
  const [message, setMessage] = useState<string>();
  const place = useRef<HTMLDivElement>(null);
  // The fields did not come.
  const [isFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const { publishableKey, scriptUrl, methods, units, currency } = settings;
  const stripe = useQuery({
    queryKey: ["payment-script", scriptUrl, publishableKey],
    queryFn: () => loadStripe(scriptUrl, publishableKey),
    retry: false,
    staleTime: Infinity,
  });
  const script = stripe.data;
  const paymentMethodTypes = methods.join();
  useEffect(() => {
    if (script === undefined || place.current === null) return;
    const elements = script.elements({
      mode: "payment",
      amount: units,
      currency: currency.toLowerCase(),
      paymentMethodTypes: paymentMethodTypes.split(","),
      paymentMethodCreation: "manual",
      locale: language,
      appearance: appearance(place.current),
    });
    const element = elements.create("payment");
    element.on("ready", () => onMeans(meansOf(script, elements, setMessage)));
    element.on("loaderror", () => {
      onMeans(undefined);
      setFailed(true);
    });
    element.mount(place.current);
    return () => {
      onMeans(undefined);
      element.destroy();
    };
  }, [script, units, currency, paymentMethodTypes, language, onMeans, tries]);
  const tryAgain = () => {
    setFailed(false);
    if (!isScriptAllowed()) location.reload();
    else if (stripe.isError) void stripe.refetch();
    else setTries(tries + 1);
  };
  return (
    <>
      <div ref={place} />
      {message !== undefined && <Notice tone="bad" urgent title={message} />}
      {(stripe.isError || isFailed) && (
        <Notice tone="bad" urgent title={t("payment.failed")}>
          <Button variant="default" onClick={tryAgain}>
            {t("common.tryAgain")}
          </Button>
        </Notice>
      )}
    </>
  );
}

function meansOf(
  script: Stripe,
  elements: StripeElements,
  setMessage: (message: string | undefined) => void,
): PaymentMeans {
  // The form says itself which field is wrong, and here what it cannot say.
  const refuse = (error: StripeError): never => {
    setMessage(error.message);
    throw new ProblemError({ status: 400, code: "validation", detail: error.message ?? "" });
  };
  return {
    token: async () => {
      setMessage(undefined);
      const submitted = await elements.submit();
      if (submitted.error) return refuse(submitted.error);
      const made = await script.createPaymentMethod({ elements });
      if (made.error || !made.paymentMethod) return refuse(made.error ?? {});
      return made.paymentMethod.id;
    },
    // What came of it is the server's to say: it asks the provider.
    answerBank: async (clientSecret) => {
      await script.handleNextAction({ clientSecret });
    },
  };
}

/** The page's own colours, as they are drawn now: the frames know nothing of its style sheet. */
function appearance(place: HTMLElement): { theme: "stripe"; variables: Record<string, string> } {
  const drawn = (colour: string) => {
    place.style.color = `var(${colour})`;
    const { color } = getComputedStyle(place);
    place.style.removeProperty("color");
    return color;
  };
  return {
    theme: "stripe",
    variables: { colorPrimary: drawn("--accent"), colorText: drawn("--ink"), colorBackground: drawn("--surface") },
  };
}
