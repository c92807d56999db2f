import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Notice } from "@/ui/notice";
import { givenUpMailsQuery, retryAllMails, retryMail, type GivenUpMail, type SystemState } from "../../api/operation";
import { useText } from "../../i18n/text";
import { formError } from "../../lib/problems";
import { DataTable, type Column } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";

/** The mail queue, and mails to run again once the cause is mended. */
export function MailsSection({ queue }: { queue: SystemState["mails"] }) {
  const { t, format } = useText();
  const queryClient = useQueryClient();
  const { data } = useQuery(givenUpMailsQuery);
  const retry = useMutation({
    mutationFn: async (id: string | undefined) => {
      await (id === undefined ? retryAllMails() : retryMail(id));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: givenUpMailsQuery.queryKey }),
  });
  const error = formError(retry.error, t);
  const columns: Column<GivenUpMail>[] = [
    { key: "kind", header: t("operate.name"), cell: ({ kind, domain }) => `${kind} (${domain})` },
    { key: "error", header: t("operate.error"), cell: ({ error: said }) => <bdi>{said}</bdi> },
    { key: "when", header: t("operate.seen"), cell: ({ givenUpAt }) => format.moment(givenUpAt) },
    {
      key: "do",
      header: "",
      cell: ({ id }) => (
        <Button size="compact-md" variant="default" disabled={retry.isPending} onClick={() => retry.mutate(id)}>
          {t("operate.retry")}
        </Button>
      ),
    },
  ];
  return (
    <Section
      title={t("operate.mails")}
      actions={
        data !== undefined &&
        data.total > 0 && (
          <Button size="md" variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t("operate.retryAll")}
          </Button>
        )
      }
    >
      <Figures
        label={t("operate.mails")}
        figures={[
          {
            name: t("operate.mailsWaiting"),
            value: format.number(queue.waiting),
            note:
              queue.waiting > 0 && t("operate.mailsOldest", { value: format.number(Math.round(queue.oldestSeconds)) }),
          },
          { name: t("operate.mailsGivenUp"), value: data === undefined ? "–" : format.number(data.total) },
        ]}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      {data?.total === 0 && <p className="muted">{t("operate.mailsNone")}</p>}
      {data !== undefined && data.total > 0 && (
        <DataTable caption={t("operate.mailsGivenUp")} columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}
