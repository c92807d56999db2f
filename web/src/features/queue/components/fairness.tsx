import { useQuery } from "@tanstack/react-query";
import type { QueueState } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { canCheck, isAsPromised, lotOf, positionOf } from "../model/draw";
import styles from "./queue-page.module.css";

interface FairnessProps {
  state: QueueState;
  buyerId: string | undefined;
  isEarly: boolean;
}

/** "Was I treated fairly?" The lot is computed here, from what is published, and not asked of the server. */
export function Fairness({ state, buyerId, isEarly }: FairnessProps) {
  const { t } = useI18n();
  const { eventId, commitment, seed, beacon, early } = state;
  const { data } = useQuery({
    queryKey: ["queue-check", eventId, buyerId, seed, commitment, beacon],
    queryFn: async () => {
      const draw = { seed: seed ?? "", commitment: commitment ?? "", beacon: beacon ?? "" };
      return { isKept: await isAsPromised(draw), lot: await lotOf(draw, eventId, buyerId ?? "") };
    },
    enabled: canCheck() && seed != null && buyerId !== undefined,
    staleTime: Infinity,
    networkMode: "always",
  });
  if (commitment == null) return null;
  return (
    <details className={styles.fairness}>
      <summary>{t("queue.fair")}</summary>
      <p>{t("queue.fairText")}</p>
      <dl className={styles.values}>
        <Value name={t("queue.fairCommitment")} value={commitment} />
        {seed != null && <Value name={t("queue.fairSeed")} value={seed} />}
        <Value name={t("queue.fairBeacon")} value={beacon ?? t("queue.fairNoBeacon")} />
        {data !== undefined && isEarly && (
          <>
            <Value name={t("queue.fairLot")} value={(Number(data.lot) / 2 ** 64).toFixed(9)} />
            <Value
              name={t("queue.fairPosition")}
              value={t("queue.fairOf", { position: positionOf(data.lot, early), count: early })}
            />
          </>
        )}
        {buyerId !== undefined && <Value name={t("queue.fairId")} value={buyerId} />}
      </dl>
      {seed == null && <p>{t("queue.fairLater")}</p>}
      {data !== undefined && <p data-good={data.isKept}>{t(data.isKept ? "queue.fairKept" : "queue.fairBroken")}</p>}
      {seed != null && !canCheck() && <p>{t("queue.fairInsecure")}</p>}
      {!isEarly && seed != null && <p>{t("queue.fairLate", { count: early })}</p>}
    </details>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
