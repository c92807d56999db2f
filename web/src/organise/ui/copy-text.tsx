import { Button } from "@mantine/core";
import { showToast } from "@/ui/toasts";
import { useText } from "../i18n/text";
import styles from "./copy-text.module.css";
import { CopyIcon } from "./icons";

/** A text to be taken elsewhere: by the button, or by hand where the browser allows no clipboard. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const { t } = useText();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      showToast(t("copy.done"), "good");
    } catch {
      showToast(t("copy.byHand"));
    }
  };
  return (
    <div className={styles.copy}>
      <code dir="ltr">{text}</code>
      <Button variant="default" leftSection={<CopyIcon size={18} />} onClick={() => void copy()}>
        {label}
      </Button>
    </div>
  );
}
