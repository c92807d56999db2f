import type { FavouritesCatalogue } from ".";

export const de: FavouritesCatalogue = {
  "event.failed": "Das ließ sich gerade nicht merken. Versuchen Sie es gleich noch einmal.",
  "event.kept": "Unter Ihren Favoriten gemerkt.",
  "event.mark": "Favorit: {title}",
  "event.tooMany": "Mehr Favoriten, als Sie haben, sind nicht möglich. Entfernen Sie zuerst einen.",
  "page.guest":
    "Diese sind nur in diesem Browser gemerkt. Melden Sie sich an, dann haben Sie sie auf allen Ihren Geräten.",
  "page.noneText": "Das Herz auf dem Bild einer Veranstaltung merkt sie hier.",
  "page.noneTitle": "Keine kommenden Favoriten",
  "page.title": "Favoriten",
  "venue.follow": "{name} folgen",
  "venue.kept": "Sie folgen {name}. Was dort stattfindet, steht bei Ihren Favoriten.",
  "venues.next": "Demnächst, wo Sie folgen",
  "venues.title": "Veranstaltungsorte, denen Sie folgen",
};
