import type { FollowedVenue } from "@/api/types";
import { useStore } from "@/lib/external-store";
import { showToast } from "@/ui/toasts";
import { useFavouritesMessages } from "../messages";
import { favourites, followVenue } from "../model/favourites";
import styles from "./favourite-heart.module.css";
import { HeartIcon } from "./heart-icon";

export function FollowVenue({ venue }: { venue: FollowedVenue }) {
  const t = useFavouritesMessages();
  const { slug, name, city } = venue;
  const isMarked = useStore(favourites).venues.some((followed) => followed.slug === slug);
  const toggle = async () => {
    const outcome = await followVenue({ slug, name, city }, !isMarked);
    if (outcome === "tooMany") showToast(t("event.tooMany"), "bad");
    else if (outcome === "failed") showToast(t("event.failed"), "bad");
    else if (!isMarked) showToast(t("venue.kept", { name }), "plain", { label: t("page.title"), href: "/favourites" });
  };
  return (
    <button type="button" className={styles.follow} aria-pressed={isMarked} onClick={() => void toggle()}>
      <HeartIcon size={20} />
      <span>{t("venue.follow", { name })}</span>
    </button>
  );
}
