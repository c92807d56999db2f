import { useDirection } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { directionOf, isLanguage, languageNames, languages, type Language } from "@/i18n/messages";
import styles from "./header-control.module.css";
import { GlobeIcon } from "./icons";

interface LanguageChoiceProps {
  /** What a page needs of another language before it is shown in it. */
  prepare?: (language: Language) => Promise<void>;
}

export function LanguageChoice({ prepare }: LanguageChoiceProps) {
  const { t, language, setLanguage } = useI18n();
  const { setDirection } = useDirection();
  const choose = async (next: Language) => {
    await prepare?.(next);
    await setLanguage(next);
    setDirection(directionOf(next));
  };
  return (
    <label className={styles.control}>
      <GlobeIcon />
      <span className="visually-hidden">{t("nav.language")}</span>
      <select
        value={language}
        onChange={(event) => {
          const next = event.currentTarget.value;
          if (isLanguage(next)) void choose(next);
        }}
      >
        {languages.map((code) => (
          <option key={code} value={code} lang={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
    </label>
  );
}
