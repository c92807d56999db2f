import { Button, Skeleton } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Link, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { NoAnswerError, problemOf } from "@/api/problem";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";
import { useText } from "../i18n/text";

/** What comes, in outline. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useText();
  return (
    <div className="stack" role="status">
      <span className="visually-hidden">{t("common.loading")}</span>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={index === 0 ? 36 : 52} width={index === 0 ? "40%" : "100%"} />
      ))}
    </div>
  );
}

/** Where there is nothing, or nothing that this member may know of. */
export function NotFound() {
  const { t } = useText();
  useTitle(t("notFound.title"));
  return (
    <EmptyState isPage title={t("notFound.title")} text={t("missing.text")}>
      <Link to="/">{t("missing.home")}</Link>
    </EmptyState>
  );
}

/** A member without the right for it. */
export function NotAllowed() {
  const { t } = useText();
  useTitle(t("denied.title"));
  return (
    <EmptyState isPage title={t("denied.title")} text={t("denied.text")}>
      <Link to="/">{t("missing.home")}</Link>
    </EmptyState>
  );
}

/** Anything that a page cannot go on without. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useText();
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const isOffline = error instanceof NoAnswerError;
  const problem = problemOf(error);
  const title = t(isOffline ? "error.offlineTitle" : "error.title");
  useTitle(title);
  if (problem?.status === 404) return <NotFound />;
  if (problem?.code === "forbidden") return <NotAllowed />;
  return (
    <EmptyState isPage title={title} text={t(isOffline ? "error.offlineText" : "error.text")}>
      <Button
        onClick={() => {
          boundary.reset();
          reset();
          void router.invalidate();
        }}
      >
        {t("common.tryAgain")}
      </Button>
      {problem?.traceId !== undefined && <p className="muted small">{t("error.trace", { id: problem.traceId })}</p>}
    </EmptyState>
  );
}
