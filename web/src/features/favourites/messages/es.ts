import type { FavouritesCatalogue } from ".";

export const es: FavouritesCatalogue = {
  "event.failed": "Ahora no se ha podido guardar. Inténtelo de nuevo en un momento.",
  "event.kept": "Guardado en sus favoritos.",
  "event.mark": "Favorito: {title}",
  "event.tooMany": "No puede haber más favoritos de los que tiene. Quite antes uno.",
  "page.guest": "Se guardan solo en este navegador. Inicie sesión y los tendrá en todos sus dispositivos.",
  "page.noneText": "El corazón en la imagen de un evento lo guarda aquí.",
  "page.noneTitle": "No hay favoritos próximos",
  "page.title": "Favoritos",
  "venue.follow": "Seguir {name}",
  "venue.kept": "Sigue {name}. Sus eventos están entre sus favoritos.",
  "venues.next": "Próximamente en los recintos que sigue",
  "venues.title": "Recintos que sigue",
};
