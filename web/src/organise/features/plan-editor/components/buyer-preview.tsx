import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { problemOf } from "@/api/problem";
import { Dialog } from "@/ui/dialog";
import { draftSeatMap } from "../../../api/plan-drafts";
import { useEditorText } from "../messages";
import styles from "./buyer-preview.module.css";
import { FaultList } from "./fault-list";

const PlanMap = lazy(() => import("../../../ui/plan-map"));

interface BuyerPreviewProps {
  org: string;
  draft: string;
  name: string;
  /** Sends what is drawn: the server makes the map of what it has. */
  save: () => Promise<void>;
  onClose: () => void;
}

/** The plan as the shop will draw it: the server's own map of the draft. */
export function BuyerPreview({ org, draft, name, save, onClose }: BuyerPreviewProps) {
  const { t, format } = useEditorText();
  const { data, error } = useQuery({
    queryKey: ["organisation", org, "plan-draft", draft, "seat-map", "preview"],
    queryFn: async () => {
      await save();
      return draftSeatMap(org, draft);
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <Dialog open title={t("asBuyer")} onClose={onClose} footer={<Button onClick={onClose}>{t("close")}</Button>}>
      <div className={styles.preview}>
        {error !== null && problemOf(error)?.code !== "plan-invalid" && <p role="alert">{t("notDone")}</p>}
        {problemOf(error)?.code === "plan-invalid" && <FaultList error={error} />}
        {data !== undefined && data.seatCount === 0 && <p>{t("problemNoSeats")}</p>}
        <Suspense fallback={<Skeleton height={320} />}>
          {data !== undefined && data.seatCount > 0 && (
            <PlanMap seatMap={data} label={t("buyerMap", { name, seats: format.number(data.seatCount) })} />
          )}
        </Suspense>
        {data === undefined && error === null && <Skeleton height={320} />}
      </div>
    </Dialog>
  );
}
