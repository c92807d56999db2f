import { Skeleton } from "@mantine/core";
import styles from "./seats-skeleton.module.css";

/** Where the map will be. */
export function SeatsSkeleton() {
  return <Skeleton className={styles.map ?? ""} radius={16} />;
}
