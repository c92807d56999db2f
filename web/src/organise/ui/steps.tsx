import { CheckIcon } from "@/ui/icons";
import { useText } from "../i18n/text";
import styles from "./steps.module.css";

interface StepsProps<T extends string> {
  label: string;
  steps: readonly { id: T; name: string; isDone: boolean }[];
  current: T;
  /** Left out where the step cannot be gone to yet. */
  onStep?: (step: T) => void;
}

/** Where one is on a short way, and the way back. */
export function Steps<T extends string>({ label, steps, current, onStep }: StepsProps<T>) {
  const { t } = useText();
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map(({ id, name, isDone }, index) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === current ? "step" : undefined}
              disabled={onStep === undefined}
              onClick={() => onStep?.(id)}
            >
              <span className={styles.number} data-done={isDone}>
                {isDone ? <CheckIcon size={14} /> : index + 1}
              </span>
              <span className={styles.name}>
                {name}
                {isDone && <span className="visually-hidden"> {t("steps.done")}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
