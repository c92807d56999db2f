import { describe, expect, it } from "vitest";
import { NoAnswerError, ProblemError } from "@/api/problem";
import { languages } from "@/i18n/messages";
import { payLaterRefusal } from "./pay-later-refusal";

const refused = (code: string, status = 409) => new ProblemError({ status, code, detail: "" });

describe("what the choice to pay later says when it fails", () => {
  it.each(languages)("tells what happened apart in %s", (language) => {
    const texts = [
      new NoAnswerError(undefined),
      refused("rate-limited", 429),
      refused("overloaded", 503),
      refused("read-only", 503),
      refused("hold-expired"),
      refused("payment-in-progress"),
      refused("not-extendable"),
      refused("already-cancelled"),
      refused("no-pay-later"),
      refused("internal", 500),
    ].map((error) => payLaterRefusal(error, language));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("calls a booking that is gone ended, and what it does not know unknown", () => {
    expect(payLaterRefusal(refused("booking-not-found", 404), "en")).toBe(
      payLaterRefusal(refused("hold-expired"), "en"),
    );
    expect(payLaterRefusal(new Error("x"), "en")).toBe(payLaterRefusal(refused("internal", 500), "en"));
  });
});
