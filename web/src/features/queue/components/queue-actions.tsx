import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isWorthRetrying, problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { keepPass } from "@/session/queue-place";
import { Notice } from "@/ui/notice";
import { claimAdmission, leaveQueue } from "../api/queue";
import type { Chime } from "../model/chime";
import { useQueueMessages } from "../messages";
import styles from "./queue-page.module.css";

const again = ["room-full", "not-your-turn"];
const pauseMs = 3000;

interface LetInProps {
  eventId: string;
  pass: string;
  onLetIn: () => void;
}

/** It is one's turn: the time to choose begins with the press, not while one is away. */
export function LetIn({ eventId, pass, onLetIn }: LetInProps) {
  const say = useQueueMessages();
  const queryClient = useQueryClient();
  const claim = useMutation({
    mutationFn: () => claimAdmission(eventId, pass),
    // Somebody has to come out first, or the server knows a second later whose turn it is.
    retry: (_, error) => again.includes(problemOf(error)?.code ?? "") || isWorthRetrying(error),
    retryDelay: () => pauseMs * (0.75 + Math.random() / 2),
    onSuccess: onLetIn,
    onError: (error) => {
      if (!["pass-used", "pass-invalid"].includes(problemOf(error)?.code ?? "")) return;
      keepPass(eventId, undefined);
      void queryClient.resetQueries({ queryKey: ["queue-pass", eventId] });
    },
  });
  return (
    <>
      <p className={styles.lead}>{say("yourTurn")}</p>
      <p>{say("yourTurnText")}</p>
      {claim.failureCount > 0 && claim.isPending && <p className="muted">{say("full")}</p>}
      {claim.error !== null && <Notice tone="bad" urgent title={say("joinFailed")} />}
      <Button size="lg" loading={claim.isPending || claim.isSuccess} onClick={() => claim.mutate()}>
        {say("choose")}
      </Button>
    </>
  );
}

export function SoundSwitch({ chime }: { chime: Chime }) {
  const say = useQueueMessages();
  const [isOn, setIsOn] = useState(false);
  return (
    <Checkbox
      label={say("sound")}
      checked={isOn}
      onChange={({ currentTarget: { checked } }) => {
        setIsOn(checked);
        if (!checked) chime.forbid();
        else {
          chime.allow();
          chime.play();
        }
      }}
    />
  );
}

export function LeaveLine({ eventId, onLeft }: { eventId: string; onLeft: () => void }) {
  const { t } = useI18n();
  const say = useQueueMessages();
  const leave = useMutation({ mutationFn: () => leaveQueue(eventId), onSuccess: onLeft });
  return (
    <>
      <Button variant="subtle" size="md" loading={leave.isPending || leave.isSuccess} onClick={() => leave.mutate()}>
        {say("leave")}
      </Button>
      {leave.error !== null && <Notice tone="bad" urgent title={t("refusal.unknown")} />}
    </>
  );
}
