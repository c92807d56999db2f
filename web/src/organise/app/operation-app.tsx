import type { ReactNode } from "react";
import { makeQueryClient } from "@/api/query-client";
import { useAccount } from "@/session/use-session";
import { BrandMark } from "@/ui/brand-mark";
import { UserIcon } from "@/ui/icons";
import { LanguageChoice } from "@/ui/language-choice";
import { OfflineBanner } from "@/ui/offline-banner";
import { ThemeToggle } from "@/ui/theme-toggle";
import { Toasts } from "@/ui/toasts";
import { OperatePage } from "../features/operate/operate-page";
import { StatusPage } from "../features/operate/status-page";
import { useText } from "../i18n/text";
import { Providers, type ProvidersProps } from "./providers";
import styles from "./shell.module.css";

const queryClient = makeQueryClient();

/** The pages of operators, and the public one that tells how the installation is: one address each. */
export function App(props: Omit<ProvidersProps, "queryClient" | "children">) {
  return (
    <Providers {...props} queryClient={queryClient}>
      <OperationFrame>{location.pathname.startsWith("/status") ? <StatusPage /> : <OperatePage />}</OperationFrame>
    </Providers>
  );
}

function OperationFrame({ children }: { children: ReactNode }) {
  const { t, prepare } = useText();
  const account = useAccount();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <header className={styles.header}>
        <a href="/" className={styles.brand} aria-label={t("status.home")}>
          <BrandMark />
        </a>
        <span className={styles.space} />
        <LanguageChoice prepare={prepare} />
        <ThemeToggle />
        {account === undefined ? (
          <a className={styles.account} href={`/login?to=${encodeURIComponent(location.pathname)}`}>
            <UserIcon />
            <span className={styles.wide}>{t("nav.signIn")}</span>
          </a>
        ) : (
          <a className={styles.account} href="/profile" aria-label={`${t("nav.profile")}: ${account.name ?? ""}`}>
            <UserIcon />
            <span className={styles.wide}>{account.name}</span>
          </a>
        )}
      </header>
      <OfflineBanner />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}
