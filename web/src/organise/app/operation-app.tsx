import type { ReactNode } from "react";
import { makeQueryClient } from "@/api/query-client";
import { BrandMark } from "@/ui/brand-mark";
import { OfflineBanner } from "@/ui/offline-banner";
import { Toasts } from "@/ui/toasts";
import { OperatePage } from "../features/operate/operate-page";
import { StatusPage } from "../features/operate/status-page";
import { useText } from "../i18n/text";
import { Providers, type ProvidersProps } from "./providers";
import styles from "./shell.module.css";
import { Visitor } from "./visitor";

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
  const { t } = useText();
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
        <Visitor path={location.pathname} />
      </header>
      <OfflineBanner />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}
