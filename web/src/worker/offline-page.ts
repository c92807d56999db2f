interface OfflineTexts {
  title: string;
  text: string;
  tickets: string;
  again: string;
}

const texts: Record<string, OfflineTexts> = {
  en: {
    title: "You are offline",
    text: "This page needs a connection. Tickets that you have opened on this device can be shown without one.",
    tickets: "My tickets",
    again: "Try again",
  },
  de: {
    title: "Sie sind offline",
    text: "Diese Seite braucht eine Verbindung. Tickets, die Sie auf diesem Gerät geöffnet haben, gehen auch ohne.",
    tickets: "Meine Tickets",
    again: "Noch einmal versuchen",
  },
  es: {
    title: "No tiene conexión",
    text: "Esta página necesita conexión. Las entradas que ha abierto en este dispositivo se muestran sin ella.",
    tickets: "Mis entradas",
    again: "Intentarlo de nuevo",
  },
  ar: {
    title: "أنت غير متصل بالإنترنت",
    text: "تحتاج هذه الصفحة إلى اتصال. التذاكر التي فتحتها على هذا الجهاز تظهر من دونه.",
    tickets: "تذاكري",
    again: "حاول مرة أخرى",
  },
};

const style = `
html{color-scheme:light dark;--paper:#fbfaf6;--ink:#1a1a22;--accent:#4338ca;--on:#fff}
@media(prefers-color-scheme:dark){html:not([data-mantine-color-scheme=light]){--paper:#121217;--ink:#f1f0ea;--accent:#a5b4fc;--on:#121217}}
html[data-mantine-color-scheme=dark]{color-scheme:dark;--paper:#121217;--ink:#f1f0ea;--accent:#a5b4fc;--on:#121217}
html[data-mantine-color-scheme=light]{color-scheme:light}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:24px;box-sizing:border-box;
background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:30rem}h1{font-size:1.75rem;line-height:1.2;margin:0 0 12px}p{margin:0 0 24px}
a{display:inline-block;padding:10px 20px;margin-block-end:12px;margin-inline-end:12px;border-radius:10px;
border:1px solid var(--accent);color:var(--accent);text-decoration:none;font-weight:600}
a:first-of-type{background:var(--accent);color:var(--on)}a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}`;

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/**
 * Says of a page that it cannot be shown now.
 * @param keptPage A page of the shop as the server sent it, whose language and theme are the visitor's.
 */
export function offlinePage(keptPage: string): Response {
  const tag = /<html lang="([a-z]{2})"[^>]*>/.exec(keptPage);
  const own = texts[tag?.[1] ?? "en"] ?? (texts["en"] as OfflineTexts);
  const html = `<!doctype html>${tag?.[0] ?? '<html lang="en">'}<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${own.title} · Onsale</title>
<style>${style}</style></head><body><main><h1>${own.title}</h1><p>${own.text}</p>
<a href="/bookings">${own.tickets}</a><a href="">${own.again}</a></main></body></html>`;
  return new Response(html, { status: 503, headers });
}
