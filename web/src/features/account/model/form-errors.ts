import { NoAnswerError, problemOf } from "@/api/problem";
import type { Translate } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";

/** What went wrong with the whole, where no single field is to blame. */
export function formError(error: unknown, t: Translate, wrongPassword: MessageKey = "login.wrong"): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof NoAnswerError) return t("refusal.noAnswer");
  const problem = problemOf(error);
  switch (problem?.code) {
    case "validation":
      return undefined;
    case "invalid-credentials":
      return t(wrongPassword);
    case "link-invalid":
      return t("login.linkInvalid");
    case "last-owner":
      return t("login.lastOwner");
    case "email-taken":
      return t("register.taken");
    case "too-many-attempts":
    case "rate-limited":
      return t("login.tooMany");
    case "overloaded":
      return t("refusal.busy");
    case "read-only":
      return t("refusal.readOnly");
    default:
      return problem?.detail ?? t("refusal.unknown");
  }
}
