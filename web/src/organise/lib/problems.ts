import { NoAnswerError, problemOf } from "@/api/problem";
import type { Texts } from "../i18n/text";

/** What the server says about one field. */
export function fieldError(error: unknown, field: string): string | undefined {
  return problemOf(error)?.errors?.[field]?.[0];
}

/**
 * What went wrong with the whole: a refusal, or what is said about fields that the form does not show, so that nothing
 * is refused without a word.
 */
export function formError(error: unknown, t: Texts, shownFields: readonly string[] = []): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof NoAnswerError) return t("refusal.noAnswer");
  const problem = problemOf(error);
  if (problem?.code === "forbidden") return t("problem.forbidden");
  if (problem?.code === "overloaded") return t("refusal.busy");
  if (problem?.code === "rate-limited") return t("problem.rateLimited");
  if (problem?.errors !== undefined) {
    const others = Object.entries(problem.errors).filter(([field]) => !shownFields.includes(field));
    if (others.length > 0) return others.map(([field, texts]) => `${field}: ${texts.join(" ")}`).join("\n");
    return undefined;
  }
  return problem?.detail !== undefined && problem.detail !== "" ? problem.detail : t("refusal.unknown");
}
