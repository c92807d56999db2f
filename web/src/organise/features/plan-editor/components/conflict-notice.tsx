import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { Notice } from "@/ui/notice";
import { useEditorText } from "../messages";

interface ConflictNoticeProps {
  error: unknown;
  onCopy: () => Promise<unknown>;
  onTheirs: () => Promise<unknown>;
  onMine: (version: string) => Promise<unknown>;
}

/** Two drew at once: each way out says what becomes of whose work. */
export function ConflictNotice({ error, onCopy, onTheirs, onMine }: ConflictNoticeProps) {
  const { t } = useEditorText();
  const body = problemOf(error) as { version?: number } | undefined;
  const work = useMutation({ mutationFn: (run: () => Promise<unknown>) => run() });
  return (
    <Notice tone="warn" urgent title={t("conflictTitle")}>
      <p>{problemOf(error)?.detail}</p>
      <p>{t("conflictText")}</p>
      <div className="row">
        <Button size="sm" loading={work.isPending} onClick={() => work.mutate(onCopy)}>
          {t("conflictCopy")}
        </Button>
        <Button size="sm" variant="default" disabled={work.isPending} onClick={() => work.mutate(onTheirs)}>
          {t("conflictTheirs")}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={work.isPending}
          onClick={() => work.mutate(() => onMine(`"${body?.version ?? 0}"`))}
        >
          {t("conflictMine")}
        </Button>
      </div>
      {work.isError && <p role="alert">{t("notDone")}</p>}
    </Notice>
  );
}
