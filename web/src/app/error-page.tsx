import { Button } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { NoAnswerError, problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";
import { NotFoundPage } from "./not-found-page";

/** Anything that a page cannot go on without. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useI18n();
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const isOffline = error instanceof NoAnswerError;
  const problem = problemOf(error);
  const title = t(isOffline ? "error.offlineTitle" : "error.title");
  useTitle(title);
  if (problem?.status === 404) return <NotFoundPage />;
  const again = () => {
    boundary.reset();
    reset();
    void router.invalidate();
  };
  return (
    <EmptyState isPage title={title} text={t(isOffline ? "error.offlineText" : "error.text")}>
      <Button onClick={again}>{t("common.tryAgain")}</Button>
      <ButtonLink to="/" variant="default">
        {t("common.home")}
      </ButtonLink>
      {problem?.traceId !== undefined && <p className="muted small">{t("error.trace", { id: problem.traceId })}</p>}
    </EmptyState>
  );
}
