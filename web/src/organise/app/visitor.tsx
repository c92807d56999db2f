import { useAccount } from "@/session/use-session";
import { UserIcon } from "@/ui/icons";
import { LanguageChoice } from "@/ui/language-choice";
import { ThemeToggle } from "@/ui/theme-toggle";
import { useText } from "../i18n/text";
import styles from "./shell.module.css";

/** What belongs to whoever looks: language, theme, and their account. */
export function Visitor({ path }: { /** Where signing in leads back to. */ path: string }) {
  const { t, prepare } = useText();
  const account = useAccount();
  return (
    <>
      <LanguageChoice prepare={prepare} />
      <ThemeToggle />
      {account === undefined ? (
        <a className={styles.account} href={`/login?to=${encodeURIComponent(path)}`}>
          <UserIcon />
          <span className={styles.wide}>{t("nav.signIn")}</span>
        </a>
      ) : (
        <a className={styles.account} href="/profile" aria-label={`${t("nav.profile")}: ${account.name ?? ""}`}>
          <UserIcon />
          <span className={styles.wide}>{account.name}</span>
        </a>
      )}
    </>
  );
}
