import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { problemOf } from "@/api/problem";
import { Notice } from "@/ui/notice";
import { addPlan } from "../../api/plans";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import styles from "./plan-upload.module.css";
import { readPlanProblem, type PlanFault } from "./plan-problem";

/** The server reads no more; the browser need not send it. */
const mostBytes = 10 * 1024 * 1024;

/** A seating plan as pretix exports it: stored as it is, or after the repairs that are shown and agreed to. */
export function PlanUpload() {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; document: unknown }>();
  const [unreadable, setUnreadable] = useState<string>();
  const store = useMutation({
    mutationFn: ({ document, repair }: { document: unknown; repair: boolean }) => addPlan(org, document, repair),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["organisation", org, "plans"] }),
  });
  const choose = async (chosen: File | undefined) => {
    store.reset();
    setUnreadable(undefined);
    setFile(undefined);
    if (chosen === undefined) return;
    if (chosen.size > mostBytes) {
      setUnreadable(t("plans.tooLarge"));
      return;
    }
    try {
      const document: unknown = JSON.parse(await chosen.text());
      setFile({ name: chosen.name, document });
      store.mutate({ document, repair: false });
    } catch (error) {
      setUnreadable(t("plans.noJson", { reason: error instanceof Error ? error.message : "" }));
    }
  };
  const problem = readPlanProblem(problemOf(store.error));
  const error = problem === undefined ? formError(store.error, t) : undefined;
  return (
    <div className="stack">
      <div className={styles.choose}>
        <label htmlFor={id}>{t("plans.file")}</label>
        <input
          ref={input}
          id={id}
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            void choose(event.currentTarget.files?.[0]);
            // The same file, mended, can be chosen again.
            event.currentTarget.value = "";
          }}
        />
        {file !== undefined && <span className="muted">{file.name}</span>}
      </div>
      <div role="status">{store.isPending && <p>{t("plans.checking")}</p>}</div>
      {unreadable !== undefined && <Notice tone="bad" urgent title={unreadable} />}
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      {problem !== undefined && file !== undefined && (
        <Notice tone="bad" urgent title={t("plans.faults", { count: problem.faults.length })}>
          <Faults faults={problem.faults} />
          {problem.isRepairable && (
            <>
              <p className={styles.title}>{t("plans.repairs", { count: problem.repairs.length })}</p>
              <Faults faults={problem.repairs} />
              <Button loading={store.isPending} onClick={() => store.mutate({ document: file.document, repair: true })}>
                {t("plans.repair")}
              </Button>
            </>
          )}
          {!problem.isRepairable && <p>{t("plans.notRepairable")}</p>}
        </Notice>
      )}
      {store.data !== undefined && (
        <Notice
          tone="good"
          title={t(store.data.isNew ? "plans.stored" : "plans.known", { name: store.data.plan.name })}
        >
          {store.data.repairs.length > 0 && (
            <>
              <p>{t("plans.repaired", { count: store.data.repairs.length })}</p>
              <Faults faults={store.data.repairs} />
            </>
          )}
          <Link to="/$org/plans/$plan" params={{ org, plan: store.data.plan.id }}>
            {t("plans.look")}
          </Link>
        </Notice>
      )}
    </div>
  );
}

/** Each with the place in the file that it is about. */
function Faults({ faults }: { faults: readonly PlanFault[] }) {
  const { t } = useText();
  return (
    <div className={styles.faults} tabIndex={0} role="group" aria-label={t("plans.faultList")}>
      <ul>
        {faults.map(({ pointer, message }, index) => (
          <li key={index}>
            <code dir="ltr">{pointer === "" ? "/" : pointer}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
