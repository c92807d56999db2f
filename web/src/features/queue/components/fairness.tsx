import { useQuery } from "@tanstack/react-query";
import type { QueueState } from "@/api/types";
import { canCheck, isAsPromised, lotOf, positionOf } from "../model/draw";
import { useQueueMessages } from "../messages";
import styles from "./queue-page.module.css";

interface FairnessProps {
  state: QueueState;
  buyerId: string | undefined;
  isEarly: boolean;
}

/** "Was I treated fairly?" The lot is computed here, from what is published, and not asked of the server. */
export function Fairness({ state, buyerId, isEarly }: FairnessProps) {
  const say = useQueueMessages();
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
      <summary>{say("fair")}</summary>
      <p>{say("fairText")}</p>
      <dl className={styles.values}>
        <Value name={say("fairCommitment")} value={commitment} />
        {seed != null && <Value name={say("fairSeed")} value={seed} />}
        <Value name={say("fairBeacon")} value={beacon ?? say("fairNoBeacon")} />
        {data !== undefined && isEarly && (
          <>
            <Value name={say("fairLot")} value={(Number(data.lot) / 2 ** 64).toFixed(9)} />
            <Value
              name={say("fairPosition")}
              value={say("fairOf", { position: positionOf(data.lot, early), count: early })}
            />
          </>
        )}
        {buyerId !== undefined && <Value name={say("fairId")} value={buyerId} />}
      </dl>
      {seed == null && <p>{say("fairLater")}</p>}
      {data !== undefined && <p data-good={data.isKept}>{say(data.isKept ? "fairKept" : "fairBroken")}</p>}
      {seed != null && !canCheck() && <p>{say("fairInsecure")}</p>}
      {!isEarly && seed != null && <p>{say("fairLate", { count: early })}</p>}
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
