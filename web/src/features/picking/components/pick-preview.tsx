import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import { BackIcon } from "@/ui/icons";
import bar from "./pick-bar.module.css";
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
    <div className={styles.page} data-picking={isSeated ? "map" : "quantity"} aria-busy="true">
      <div className={bar.bar}>
        <header className={bar.head}>
          <Link to="/events/$slug" params={{ slug }} className={bar.back}>
            <BackIcon />
            <span>{t("pick.back")}</span>
          </Link>
          {title === undefined ? (
            <Skeleton height={36} width="60%" />
          ) : (
            <h1>
              <bdi>{title}</bdi>
            </h1>
          )}
          <div className={bar.facts}>
            <Skeleton height={22.5} width={280} />
          </div>
        </header>
        {isSeated && (
          <div className={bar.options} data-open="false">
            <Skeleton height={52} radius={14} />
            <div className={bar.party}>
              <Skeleton height={44} width={260} />
            </div>
          </div>
        )}
      </div>
      <div className={styles.choose}>
        <span className="visually-hidden" role="status">
          {t("common.loading")}
        </span>
        {isSeated ? <SeatsSkeleton /> : [0, 1, 2].map((row) => <Skeleton key={row} height={78} radius={14} />)}
      </div>
      <div className={styles.waiting}>
        <Skeleton height={216} radius={18} />
      </div>
    </div>
  );
}
