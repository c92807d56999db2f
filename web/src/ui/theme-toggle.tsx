import { useI18n } from "@/i18n/i18n";
import { toggleColorScheme } from "./color-scheme";
import styles from "./header-control.module.css";
import { MoonIcon, SunIcon } from "./icons";

/** Both pictures are there, and the style sheet shows the one that the page is not in. */
export function ThemeToggle() {
  const { t } = useI18n();
  return (
    <button type="button" className={styles.control} onClick={() => void toggleColorScheme()}>
      <span className={styles.toDark}>
        <MoonIcon />
        <span className="visually-hidden">{t("nav.dark")}</span>
      </span>
      <span className={styles.toLight}>
        <SunIcon />
        <span className="visually-hidden">{t("nav.light")}</span>
      </span>
    </button>
  );
}
