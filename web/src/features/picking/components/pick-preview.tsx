import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import styles from "./pick-page.module.css";
import { SeatsSkeleton } from "./seats-skeleton";

interface PickPreviewProps {
  slug: string;
  title: string | undefined;
  isSeated: boolean;
}

/** The page for choosing while it loads. */
export function PickPreview({ slug, title, isSeated }: PickPreviewProps) {
  const { t } = useI18n();
  return (
    <div className={styles.page} aria-busy="true">
      <header className={styles.head}>
        <Link to="/events/$slug" params={{ slug }} className={styles.back}>
          {t("pick.back")}
        </Link>
        {title === undefined ? (
          <Skeleton height={36} width="60%" />
        ) : (
          <h1>
            <bdi>{title}</bdi>
          </h1>
        )}
        <Skeleton height={22.5} width="70%" />
      </header>
      <div className={styles.choose}>
        <span className="visually-hidden" role="status">
          {t("common.loading")}
        </span>
        {isSeated ? (
          <>
            <div className={styles.ways}>
              <Skeleton height={52} radius={14} />
              <div className={styles.party}>
                <Skeleton height={44} />
              </div>
            </div>
            <SeatsSkeleton />
          </>
        ) : (
          [0, 1, 2].map((row) => <Skeleton key={row} height={78} radius={14} />)
        )}
      </div>
      <div className={styles.waiting}>
        <Skeleton height={216} radius={18} />
      </div>
    </div>
  );
}
