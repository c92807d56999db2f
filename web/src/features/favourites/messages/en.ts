export const en = {
  "event.failed": "This could not be kept just now. Try again in a moment.",
  "event.kept": "Kept among your favourites.",
  "event.mark": "Favourite: {title}",
  "event.tooMany": "There can be no more favourites than you have. Take one away first.",
  "page.guest": "These are kept in this browser only. Sign in, and you have them on all your devices.",
  "page.noneText": "The heart on an event's picture keeps the event here.",
  "page.noneTitle": "No favourites ahead",
  "page.title": "Favourites",
  "venue.follow": "Follow {name}",
  "venue.kept": "You follow {name}. Its events are among your favourites.",
  "venues.next": "Coming up where you follow",
  "venues.title": "Venues you follow",
};
