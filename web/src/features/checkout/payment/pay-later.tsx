import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import { api, unwrap } from "@/api/client";
import { fieldError, problemOf } from "@/api/problem";
import type { Booking, EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import { forgetHold } from "@/session/hold";
import { Notice } from "@/ui/notice";
import { bookingQuery, type ContactEntries } from "../api/booking";
import { texts as questionTexts } from "../questions/texts";
import { payLaterRefusal } from "./pay-later-refusal";
import styles from "./pay-later.module.css";

interface Texts {
  offer: string;
  choose: string;
  title: (until: string) => string;
  text: string;
  amount: string;
  reference: string;
  payTo: string;
  contact: string;
}

const texts: Record<Language, Texts> = {
  en: {
    offer: "Or pay by bank transfer: your places stay reserved for some days.",
    choose: "Pay by bank transfer",
    title: (until) => `Reserved for you until ${until}`,
    text: "Transfer it in one sum, with the reference. Your tickets come by mail when the organiser has the money; without it by then, the places go back on sale. You can still pay above instead.",
    amount: "Amount",
    reference: "Reference",
    payTo: "Pay to",
    contact: "Enter your name and e-mail address first: what to pay is sent there.",
  },
  de: {
    offer: "Oder per Überweisung zahlen: Ihre Plätze bleiben einige Tage reserviert.",
    choose: "Per Überweisung zahlen",
    title: (until) => `Für Sie reserviert bis ${until}`,
    text: "Überweisen Sie den Betrag in einer Summe mit dem Verwendungszweck. Die Tickets kommen per E-Mail, sobald der Veranstalter das Geld hat; geht es bis dahin nicht ein, sind die Plätze wieder frei. Sie können stattdessen weiterhin oben zahlen.",
    amount: "Betrag",
    reference: "Verwendungszweck",
    payTo: "Zahlbar an",
    contact: "Geben Sie zuerst Namen und E-Mail-Adresse an: Dorthin geht, was zu zahlen ist.",
  },
  es: {
    offer: "O pague por transferencia: sus plazas quedan reservadas unos días.",
    choose: "Pagar por transferencia",
    title: (until) => `Reservado para usted hasta el ${until}`,
    text: "Transfiera el importe en un solo pago, con la referencia. Las entradas llegan por correo cuando el organizador reciba el dinero; si no llega a tiempo, las plazas vuelven a la venta. También puede pagar arriba.",
    amount: "Importe",
    reference: "Referencia",
    payTo: "Pagar a",
    contact: "Indique primero su nombre y su correo: allí se envía qué pagar.",
  },
  ar: {
    offer: "أو ادفع بتحويل بنكي: تبقى أماكنك محجوزة بضعة أيام.",
    choose: "الدفع بتحويل بنكي",
    title: (until) => `محجوزة لك حتى ${until}`,
    text: "حوّل المبلغ دفعة واحدة مع المرجع. تصلك التذاكر بالبريد عند وصول المبلغ إلى المنظّم؛ وإن لم يصل في الموعد تعود الأماكن إلى البيع. ما زال بإمكانك الدفع أعلاه بدلًا من ذلك.",
    amount: "المبلغ",
    reference: "المرجع",
    payTo: "الدفع إلى",
    contact: "أدخل اسمك وبريدك أولًا: إليه يُرسل ما يُدفع.",
  },
};

interface PayLaterProps {
  event: EventDetails;
  booking: Booking;
  contact: ContactEntries;
  isBusy: boolean;
  /** Sends the answers to the organiser's questions; null: nothing is asked. */
  answer: RefObject<(() => Promise<unknown>) | null>;
}

/** Paying by bank transfer, where the event allows it: the offer, and once it is chosen what to pay and until when. */
export function PayLater({ event, booking, contact, isBusy, answer }: PayLaterProps) {
  const { format, language } = useI18n();
  const queryClient = useQueryClient();
  const text = texts[language];
  const choose = useMutation({
    mutationFn: async () => {
      const path = { id: event.id, bookingId: booking.id };
      await unwrap(
        api.PUT("/api/v1/events/{id}/bookings/{bookingId}/contact", {
          params: { path },
          body: { name: contact.name.trim(), email: contact.email.trim(), language },
        }),
      );
      await answer.current?.();
      return unwrap(api.POST("/api/v1/events/{id}/bookings/{bookingId}/pay-later", { params: { path } }));
    },
    onSuccess: (kept) => {
      queryClient.setQueryData(bookingQuery(event.id, booking.id).queryKey, kept);
      void queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
      // No clock of minutes runs for it any more.
      forgetHold(booking.id);
    },
    // It may have ended, or be paid for meanwhile: the page shows which.
    onError: () => void queryClient.invalidateQueries({ queryKey: ["booking", booking.id] }),
  });
  const asked = booking.payLater;
  if (asked != null) {
    return (
      <Notice tone="good" title={text.title(format.moment(asked.payUntil, event.timeZone))}>
        <dl className={styles.facts}>
          <dt>{text.amount}</dt>
          <dd className="num">{format.money(asked.amount)}</dd>
          <dt>{text.reference}</dt>
          <dd>
            <strong dir="ltr">{asked.reference}</strong>
          </dd>
          {asked.instructions != null && (
            <>
              <dt>{text.payTo}</dt>
              <dd className={styles.instructions} dir="auto">
                {asked.instructions}
              </dd>
            </>
          )}
        </dl>
        <p>{text.text}</p>
      </Notice>
    );
  }
  if (event.policy.payLater == null) return null;
  const code = problemOf(choose.error)?.code;
  return (
    <div className={styles.offer}>
      <p>{text.offer}</p>
      <Button variant="default" disabled={isBusy} loading={choose.isPending} onClick={() => choose.mutate()}>
        {text.choose}
      </Button>
      {choose.isError && (
        <Notice
          tone="bad"
          urgent
          title={
            fieldError(choose.error, "answers") !== undefined
              ? questionTexts[language].open
              : code === "validation" || code === "contact-needed"
                ? text.contact
                : code === "answers-required"
                  ? questionTexts[language].open
                  : payLaterRefusal(choose.error, language)
          }
        />
      )}
    </div>
  );
}
