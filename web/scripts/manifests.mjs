// Writes dist/shop.<language>.webmanifest: what the shop is called where it is installed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const texts = {
  en: {
    dir: "ltr",
    description: "Tickets for concerts, theatre, sport and everything worth going out for.",
    tickets: "My tickets",
    events: "Events",
  },
  de: {
    dir: "ltr",
    description: "Tickets für Konzerte, Theater, Sport und alles, wofür es sich lohnt auszugehen.",
    tickets: "Meine Tickets",
    events: "Veranstaltungen",
  },
  es: {
    dir: "ltr",
    description: "Entradas para conciertos, teatro, deporte y todo lo que merece una salida.",
    tickets: "Mis entradas",
    events: "Eventos",
  },
  ar: {
    dir: "rtl",
    description: "تذاكر للحفلات والمسرح والرياضة وكل ما يستحق الخروج من أجله.",
    tickets: "تذاكري",
    events: "الفعاليات",
  },
};

const icon = (name, size, purpose) => ({
  src: `/icons/${name}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose,
});
const shortcut = (name, url) => ({ name, url, icons: [icon("shop-192", 192, "any")] });

for (const [lang, { dir, description, tickets, events }] of Object.entries(texts)) {
  const manifest = {
    // The same app in every language.
    id: "/",
    name: "Onsale",
    short_name: "Onsale",
    description,
    lang,
    dir,
    start_url: "/",
    scope: "/",
    display: "standalone",
    orientation: "any",
    // Of the light theme, as there can be one only; the pages name the colour of both (index.html).
    background_color: "#fbfaf6",
    theme_color: "#fbfaf6",
    categories: ["entertainment", "events", "shopping"],
    icons: [
      icon("shop-192", 192, "any"),
      icon("shop-512", 512, "any"),
      icon("shop-maskable-512", 512, "maskable"),
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    ],
    shortcuts: [shortcut(tickets, "/bookings"), shortcut(events, "/events")],
  };
  writeFileSync(join(dist, `shop.${lang}.webmanifest`), JSON.stringify(manifest));
}
