import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError, problemOf } from "@/api/problem";
import type { EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { useAccount } from "@/session/use-session";
import { Notice } from "@/ui/notice";
import { Stepper } from "@/ui/stepper";
import { joinWaitlist, placeQuery } from "./waitlist";
import styles from "./waitlist-panel.module.css";
import { useWaitlistTexts } from "./waitlist-texts";

const anyTier = "";

/** How many, of which tier, and whom to write to. */
export function WaitlistForm({ event, onDone }: { event: EventDetails; onDone: () => void }) {
  const texts = useWaitlistTexts();
  const { language } = useI18n();
  const account = useAccount();
  const queryClient = useQueryClient();
  const [quantity, setQuantity] = useState(1);
  const [tierId, setTierId] = useState(anyTier);
  const [isTogether, setTogether] = useState(true);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  // An offer is of one tier: none that is sold only together with another.
  const tiers = event.tiers.filter(({ needsTierId }) => needsTierId == null);
  const hasSeats = event.tiers.some((tier) => tier.kind === "seated" && (tierId === anyTier || tier.id === tierId));
  const join = useMutation({
    mutationFn: () =>
      joinWaitlist(event.id, {
        quantity,
        together: hasSeats && isTogether && quantity > 1,
        ...(tierId === anyTier ? {} : { tiers: [tierId] }),
        ...(account === undefined ? { contact: { name: name.trim(), email: email.trim(), language } } : {}),
      }),
    onSuccess: (place) => {
      queryClient.setQueryData(placeQuery(event.id).queryKey, place);
      onDone();
    },
  });
  const problem = problemOf(join.error);
  return (
    <form
      className="stack"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!join.isPending) join.mutate();
      }}
    >
      <div className={styles.field}>
        <span>{texts.howMany}</span>
        <Stepper
          label={texts.howMany}
          value={quantity}
          min={1}
          max={Math.min(event.policy.maxTicketsPerBuyer, event.availability.total)}
          fewer={texts.fewer}
          more={texts.more}
          onChange={setQuantity}
        />
      </div>
      {tiers.length > 1 && (
        <label className={styles.field}>
          {texts.tier}
          <select
            className={styles.select}
            value={tierId}
            onChange={(changed) => setTierId(changed.currentTarget.value)}
          >
            <option value={anyTier}>{texts.any}</option>
            {tiers.map((tier) => (
              <option key={tier.id} value={tier.id}>
                {tier.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {hasSeats && quantity > 1 && (
        <Checkbox
          label={texts.together}
          size="md"
          checked={isTogether}
          onChange={(changed) => setTogether(changed.currentTarget.checked)}
        />
      )}
      {account === undefined && (
        <>
          <TextInput
            label={texts.name}
            size="md"
            autoComplete="name"
            maxLength={100}
            required
            withAsterisk={false}
            value={name}
            error={fieldError(join.error, "contact.name")}
            onChange={(changed) => setName(changed.currentTarget.value)}
          />
          <TextInput
            label={texts.email}
            description={texts.emailHint}
            size="md"
            type="email"
            autoComplete="email"
            maxLength={254}
            required
            withAsterisk={false}
            value={email}
            error={fieldError(join.error, "contact.email")}
            onChange={(changed) => setEmail(changed.currentTarget.value)}
          />
        </>
      )}
      {join.isError && problem?.errors === undefined && (
        <Notice tone="bad" urgent title={problem?.detail || texts.failed} />
      )}
      <div className={styles.actions}>
        <Button type="submit" size="md" loading={join.isPending}>
          {texts.join}
        </Button>
        <Button variant="subtle" size="md" onClick={onDone}>
          {texts.notYet}
        </Button>
      </div>
    </form>
  );
}
