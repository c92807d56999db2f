import { Skeleton } from "@mantine/core";
import styles from "./seats-skeleton.module.css";

/** Where the prices and the map will be. */
export function SeatsSkeleton() {
  return (
    <div className={styles.seats}>
      <Skeleton height={62} radius={12} />
      <Skeleton className={styles.map ?? ""} radius={16} />
    </div>
  );
}
