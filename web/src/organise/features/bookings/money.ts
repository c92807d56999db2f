import type { Money } from "@/api/types";
import type { OwnBooking } from "../../api/types";

/** What of a booking's attempts at paying has come in: also what has gone back since. */
export function paidOf({ payments, total }: Pick<OwnBooking, "payments" | "total">): Money {
  const received = payments.filter(({ state }) =>
    ["succeeded", "refundIntended", "refunded", "refundFailed"].includes(state),
  );
  return { currency: total.currency, amount: received.reduce((sum, { amount }) => sum + amount.amount, 0) };
}

/** What has gone back, or is on its way. */
export function refundedOf({ payments, refunds, total }: Pick<OwnBooking, "payments" | "refunds" | "total">): Money {
  const told = payments.reduce((sum, { refunded }) => sum + refunded.amount, 0);
  const parts = refunds.reduce((sum, { amount, isFailed }) => sum + (isFailed ? 0 : amount.amount), 0);
  return { currency: total.currency, amount: Math.max(told, parts) };
}
