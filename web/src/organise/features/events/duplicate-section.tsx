import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { CloseIcon, PlusIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { duplicateEvent } from "../../api/events";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { addDays, toWall } from "../../lib/zoned-time";
import { zoneName } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Section } from "../../ui/page";
import styles from "./duplicate-section.module.css";

/** The same event on other dates, as drafts: by the hours of its own zone, whatever the clocks do in between. */
export function DuplicateSection({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const first = toWall(event.startsAt, event.timeZone);
  const [starts, setStarts] = useState([addDays(first, 7)]);
  const copy = useMutation({
    mutationFn: () => duplicateEvent(org, event.id, starts),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] }),
  });
  const set = (index: number, wall: string) => setStarts(starts.with(index, wall));
  return (
    <Section title={t("duplicate.title")} text={t("duplicate.text", { zone: zoneName(event.timeZone) })}>
      {copy.data !== undefined && (
        <Notice tone="good" title={t("duplicate.made", { count: copy.data.events.length })}>
          <ul>
            {copy.data.events.map(({ id, startsAt, timeZone }) => (
              <li key={id}>
                <Link to="/$org/events/$event" params={{ org, event: id }}>
                  {format.moment(startsAt, timeZone)}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Form
        error={copy.error}
        isSending={copy.isPending}
        isDisabled={starts.length === 0 || starts.includes("")}
        submitLabel={t("duplicate.submit", { count: starts.length })}
        onSubmit={() => copy.mutate()}
      >
        <ul className={styles.dates}>
          {starts.map((wall, index) => (
            <li key={index}>
              <TextInput
                label={t("duplicate.date", { number: index + 1 })}
                type="datetime-local"
                size="md"
                value={wall}
                onChange={(change) => set(index, change.currentTarget.value)}
              />
              {starts.length > 1 && (
                <Button
                  variant="subtle"
                  size="md"
                  aria-label={t("duplicate.without", { number: index + 1 })}
                  onClick={() => setStarts(starts.toSpliced(index, 1))}
                >
                  <CloseIcon size={18} />
                </Button>
              )}
            </li>
          ))}
        </ul>
        <div className="row">
          <Button
            variant="default"
            leftSection={<PlusIcon size={18} />}
            onClick={() => setStarts([...starts, addDays(starts.at(-1) ?? first, 1)])}
          >
            {t("duplicate.nextDay")}
          </Button>
          <Button
            variant="default"
            leftSection={<PlusIcon size={18} />}
            onClick={() => setStarts([...starts, addDays(starts.at(-1) ?? first, 7)])}
          >
            {t("duplicate.nextWeek")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
