import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Notice } from "@/ui/notice";
import { readOnlyQuery, setReadOnly } from "../../api/operation";
import { useText } from "../../i18n/text";
import { fieldError, formError } from "../../lib/problems";
import { Section } from "../../ui/page";

/** The switch that stops all changes, and how it stands. */
export function ReadOnlySection() {
  const { t, format } = useText();
  const queryClient = useQueryClient();
  const { data } = useQuery(readOnlyQuery);
  const [reason, setReason] = useState("");
  const change = useMutation({
    mutationFn: (on: boolean) => setReadOnly(on, on ? reason.trim() : undefined),
    onSuccess: (state) => queryClient.setQueryData(readOnlyQuery.queryKey, state),
  });
  if (data === undefined) return null;
  const error = formError(change.error, t, ["reason"]);
  return (
    <Section title={t("operate.readOnly")} text={t("operate.readOnlyText")}>
      {data.on ? (
        <Notice tone="warn" title={t("operate.readOnlySince", { time: format.moment(data.since ?? "") })}>
          <p>{data.byHand ? <bdi>{data.reason}</bdi> : t("operate.readOnlyItself")}</p>
          {data.byHand && (
            <Button size="md" loading={change.isPending} onClick={() => change.mutate(false)}>
              {t("operate.readOnlyEnd")}
            </Button>
          )}
        </Notice>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(true);
          }}
        >
          <p>{t("operate.readOnlyOff")}</p>
          <TextInput
            size="md"
            label={t("operate.readOnlyReason")}
            value={reason}
            required
            maxLength={200}
            error={fieldError(change.error, "reason")}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className="row">
            <Button size="md" type="submit" color="red" loading={change.isPending}>
              {t("operate.readOnlyStart")}
            </Button>
          </div>
        </form>
      )}
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
    </Section>
  );
}
