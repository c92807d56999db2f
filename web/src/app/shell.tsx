import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { HoldBar } from "@/features/checkout/components/hold-bar";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { later } from "@/lib/later";
import { activeHolds } from "@/session/hold";
import { useAccount, useSession } from "@/session/use-session";
import { BrandMark } from "@/ui/brand-mark";
import { CalendarIcon, TicketIcon, UserIcon } from "@/ui/icons";
import { LanguageChoice } from "@/ui/language-choice";
import { OfflineBanner } from "@/ui/offline-banner";
import { ThemeToggle } from "@/ui/theme-toggle";
import { Toasts } from "@/ui/toasts";
import styles from "./shell.module.css";

// Nothing that a page waits for: it comes when all else is there.
const ReadOnlyNotice = later(async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return import("@/features/status/read-only-notice");
});
const ExtendDialog = later<object>(() =>
  import("@/features/checkout/components/extend-dialog").then((module) => ({ default: module.ExtendDialog })),
);

export function Shell() {
  const { t } = useI18n();
  // Long before it asks: it comes with the first hold.
  const isHolding = useStore(activeHolds).length > 0;
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  // A new page is announced and read from its beginning, as if the browser had loaded it.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <Header />
      <OfflineBanner />
      <Suspense>
        <ReadOnlyNotice />
      </Suspense>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <p>{t("footer.text")}</p>
        <nav className={styles.footerLinks} aria-label={t("footer.label")}>
          <Link to="/favourites">{t("nav.favourites")}</Link>
          <Link to="/find-tickets">{t("order.findTitle")}</Link>
          <Link to="/help">{t("footer.help")}</Link>
          <Link to="/terms">{t("footer.terms")}</Link>
          <Link to="/privacy">{t("footer.privacy")}</Link>
          <Link to="/imprint">{t("footer.imprint")}</Link>
          <a href="/organise">{t("footer.organise")}</a>
          <a href="/docs/">{t("footer.api")}</a>
        </nav>
      </footer>
      <HoldBar />
      {isHolding && (
        <Suspense>
          <ExtendDialog />
        </Suspense>
      )}
      <Toasts />
    </div>
  );
}

function Header() {
  const { t } = useI18n();
  const account = useAccount();
  const session = useSession();
  return (
    <header className={styles.header}>
      <div className={styles.headerInner}>
        <Link to="/" className={styles.brand}>
          <BrandMark />
          <span className={styles.name}>Onsale</span>
        </Link>
        <nav className={styles.nav} aria-label={t("nav.label")}>
          <Link to="/events" aria-label={t("nav.events")}>
            <CalendarIcon />
            <span className={styles.wide}>{t("nav.events")}</span>
          </Link>
          {session.status === "signedIn" && (
            <Link to="/bookings" aria-label={t("nav.bookings")}>
              <TicketIcon />
              <span className={styles.wide}>{t("nav.bookings")}</span>
            </Link>
          )}
          {account === undefined ? (
            <Link to="/login" aria-label={t("nav.signIn")}>
              <UserIcon />
              <span className={styles.wide}>{t("nav.signIn")}</span>
            </Link>
          ) : (
            <Link to="/profile" aria-label={`${t("nav.profile")}: ${account.name ?? ""}`}>
              <UserIcon />
              <span className={styles.wide}>{account.name}</span>
            </Link>
          )}
        </nav>
        <LanguageChoice />
        <ThemeToggle />
      </div>
    </header>
  );
}
