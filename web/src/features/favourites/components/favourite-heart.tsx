import type { EventSummary } from "@/api/types";
import { useStore } from "@/lib/external-store";
import { showToast } from "@/ui/toasts";
import { useFavouritesMessages } from "../messages";
import { favourites, markEvent } from "../model/favourites";
import styles from "./favourite-heart.module.css";
import { HeartIcon } from "./heart-icon";

/** Marks an event, on its picture. The name stays the same: whether it is marked is the button's state. */
export function FavouriteHeart({ event }: { event: Pick<EventSummary, "id" | "title"> }) {
  const t = useFavouritesMessages();
  const isMarked = useStore(favourites).events.includes(event.id);
  const toggle = async () => {
    const outcome = await markEvent(event.id, !isMarked);
    if (outcome === "tooMany") showToast(t("event.tooMany"), "bad");
    else if (outcome === "failed") showToast(t("event.failed"), "bad");
    else if (!isMarked) showToast(t("event.kept"), "plain", { label: t("page.title"), href: "/favourites" });
  };
  return (
    <button
      type="button"
      className={styles.heart}
      aria-pressed={isMarked}
      aria-label={t("event.mark", { title: event.title })}
      onClick={() => void toggle()}
    >
      <HeartIcon size={22} />
    </button>
  );
}
