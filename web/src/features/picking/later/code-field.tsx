import { useEffect, useRef, useState } from "react";
import { formatMessage } from "@/i18n/messages";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { useCodeTexts } from "./code-texts";
import type { Picking } from "../model/use-pick";
import { CodeForm, refusalText } from "./code-form";
import styles from "./code-form.module.css";

/** A code for the places that are chosen. In a chunk of its own: few buyers have one. */
export default function CodeField({ pick }: { pick: Picking }) {
  const texts = useCodeTexts();
  const { language } = useI18n();
  const [isOpen, setIsOpen] = useState(false);
  const { setCode } = pick;
  const code = pick.choice.code?.code;
  const opened = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) opened.current?.querySelector("input")?.focus();
  }, [isOpen]);
  if (code !== undefined) {
    const isReduced = pick.lines.some(({ tierId }) =>
      pick.choice.code?.tiers.some((tier) => tier.tierId === tierId && tier.reduced.amount < tier.price.amount),
    );
    return (
      <div className={styles.used}>
        {pick.isCodeRefused === true ? (
          <Notice tone="bad" urgent title={refusalText(pick.error, texts) ?? ""} />
        ) : (
          <p className="small" role="status">
            {formatMessage(isReduced ? texts.reduced : texts.taken, language, { code })}
          </p>
        )}
        <button type="button" className={styles.open} onClick={() => setCode(undefined)}>
          {texts.remove}
        </button>
      </div>
    );
  }
  if (!isOpen) {
    return (
      <button type="button" className={styles.open} onClick={() => setIsOpen(true)}>
        {texts.have}
      </button>
    );
  }
  return (
    <div ref={opened}>
      <CodeForm eventId={pick.event.id} onCode={setCode} />
    </div>
  );
}
