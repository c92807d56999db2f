import type { EventDetails } from "@/api/types";
import { emptyChoice, keepChoice, keptChoice } from "../model/choice";
import { useCodeTexts } from "./code-texts";
import { CodeForm } from "./code-form";
import styles from "./code-form.module.css";

interface PresaleEntryProps {
  event: EventDetails;
  /** The picker may be shown: it finds the code with the choice. */
  onOpen: () => void;
}

/** The way in before the sale, for who has a code that opens it. */
export default function PresaleEntry({ event, onOpen }: PresaleEntryProps) {
  const texts = useCodeTexts();
  return (
    <div className={styles.presale}>
      <p className="small">{texts.presale}</p>
      <CodeForm
        eventId={event.id}
        refuse={({ opensPresale }) => (opensPresale ? undefined : texts.notPresale)}
        onCode={(code) => {
          keepChoice(event.id, {
            ...(keptChoice(event) ?? emptyChoice(event.policy.maxTicketsPerBuyer)),
            code,
          });
          onOpen();
        }}
      />
    </div>
  );
}
