import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { NoAnswerError, ProblemError } from "@/api/problem";
import type { Booking } from "@/api/types";
import { joined } from "@/lib/idempotency";

export function bookingQuery(eventId: string, bookingId: string) {
  return queryOptions({
    queryKey: ["booking", bookingId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/events/{id}/bookings/{bookingId}", { params: { path: { id: eventId, bookingId } }, signal }),
      ),
  });
}

export interface ContactEntries {
  name: string;
  email: string;
}

/** Asks for half of the hold's time more. */
export function extendHold(eventId: string, bookingId: string): Promise<Booking> {
  return unwrap(
    api.POST("/api/v1/events/{id}/bookings/{bookingId}/extend", { params: { path: { id: eventId, bookingId } } }),
  );
}

/** The first contact gives the booking its order code. */
function setContact(
  eventId: string,
  bookingId: string,
  contact: ContactEntries & { language: string },
): Promise<Booking> {
  return unwrap(
    api.PUT("/api/v1/events/{id}/bookings/{bookingId}/contact", {
      params: { path: { id: eventId, bookingId } },
      body: contact,
    }),
  );
}

/** Of every payment under way. */
export const payKey = ["pay"];

const settleForMs = 45_000;
const askEveryMs = 1500;

/** How a booking is paid for: what the form of the payment provider has given. */
export interface PaymentMeans {
  /** What to pay with, made of what was typed. */
  token: () => Promise<string>;
  /** Lets the buyer answer the bank, as by 3-D Secure. */
  answerBank?: (clientSecret: string) => Promise<void>;
}

const maxQuestions = 3;

/**
 * Says who books, answers what the organiser asks, and pays for a hold. What is not known to be done is asked again
 * until it is: a contact can be set twice, and the same request never pays twice, since the booking can only be
 * confirmed once.
 */
export function payForHold(
  eventId: string,
  bookingId: string,
  means: PaymentMeans,
  contact: ContactEntries & { language: string },
  answer?: (() => Promise<unknown>) | null,
): Promise<Booking> {
  return joined(`pay.${bookingId}`, async () => {
    const token = await means.token();
    await settled(() => setContact(eventId, bookingId, contact));
    if (answer) await settled(answer);
    for (let questions = 0; ; questions++) {
      const answer = await settled(() =>
        unwrap(
          api.POST("/api/v1/events/{id}/bookings/{bookingId}/confirm", {
            params: { path: { id: eventId, bookingId } },
            body: { payment: { token }, releaseOnDecline: false },
          }),
        ),
      );
      if (!("clientSecret" in answer)) return answer;
      if (means.answerBank === undefined || questions === maxQuestions) throw new NoAnswerError(answer.code);
      await means.answerBank(answer.clientSecret);
    }
  });
}

async function settled<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + settleForMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnsettled(error) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
  }
}

/** Whether nobody knows yet what came of it. */
export function isUnsettled(error: unknown): boolean {
  return error instanceof ProblemError
    ? ["outcome-unknown", "payment-in-progress", "overloaded", "unavailable"].includes(error.code)
    : true;
}
