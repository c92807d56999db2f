import type { InfoTexts } from "../model/info-page";

export const texts: InfoTexts = {
  help: {
    title: "Hilfe",
    lead: "Wie der Kauf hier abläuft und was zu tun ist, wenn er stockt.",
    sections: [
      {
        heading: "Wie lange bleiben meine Plätze reserviert?",
        paragraphs: [
          "Sobald Sie Plätze reservieren, gehören sie Ihnen für die Zeit, die die Veranstaltung vorgibt: die Uhr auf der Seite zeigt sie. Niemand sonst kann sie in dieser Zeit kaufen. Danach sind sie wieder frei, und es wird nichts berechnet.",
          "Die Uhr geht nach dem Server und nicht nach Ihrem Gerät. Neu laden oder schließen ändert nichts: eine Leiste am unteren Rand führt zurück.",
        ],
      },
      {
        heading: "Ich möchte beim Verkaufsstart dabei sein",
        paragraphs: [
          "Vor dem Verkauf zählt die Seite der Veranstaltung herunter und bietet eine Mail am Tag davor und eine 15 Minuten davor an. Jede hat einen Link, der das beendet.",
        ],
      },
      {
        heading: "Ich war für einen Platz knapp zu spät",
        paragraphs: [
          "Sie sehen, was in dieser Sekunde frei ist, aber andere sehen dieselben Plätze. Wird einer von Ihren vergeben, nennt ihn die Seite und bietet den nächsten freien an.",
        ],
      },
      {
        heading: "Meine Zahlung wurde abgelehnt oder blieb ohne Antwort",
        paragraphs: [
          "Bei einer Ablehnung wird nichts berechnet, und Ihre Plätze bleiben reserviert: Sie können es bis zu dreimal versuchen. Kam keine Antwort, drücken Sie noch einmal: Sie erfahren das Ergebnis und zahlen nie doppelt.",
        ],
      },
      {
        heading: "Wo sind meine Tickets?",
        paragraphs: [
          "Unter Meine Buchungen. Auf einem anderen Gerät oder ohne Konto zeigt sie „Meine Tickets finden“ am Fuß jeder Seite: gefragt wird nach dem Bestellcode und der E-Mail-Adresse, die Sie angegeben haben. Legen Sie ein Konto an, so kommt alles mit, was Sie als Gast reserviert oder gekauft haben.",
        ],
      },
      {
        heading: "Meine Tickets ohne Netz",
        paragraphs: [
          "Tickets, die Sie auf einem Gerät geöffnet haben, öffnen sich dort auch ohne Netz: Die Seite sagt „Offline“ und von wann sie ist. Öffnen Sie sie einmal, bevor Sie losgehen. Damit sie auf dem Startbildschirm sind, installieren Sie den Shop: Die Seite Ihrer Tickets bietet es an, wo Ihr Browser es kann. Wenn Sie sich abmelden, werden sie vom Gerät entfernt.",
        ],
      },
      {
        heading: "Kann ich stornieren?",
        paragraphs: [
          "Jede Veranstaltung sagt auf ihrer Seite neben den Preisen, bis wann. Ist es möglich, hat Ihre Buchung dafür einen Knopf, und das Geld geht auf dem Weg zurück, auf dem Sie bezahlt haben.",
        ],
      },
      {
        heading: "Die Veranstaltung wird abgesagt oder verlegt",
        paragraphs: [
          "Die Seite der Veranstaltung und Ihre Buchung sagen es. Fragen zur Veranstaltung selbst beantwortet der Veranstalter, der auf ihrer Seite steht.",
        ],
      },
      {
        heading: "Ich benutze eine Tastatur oder einen Screenreader",
        paragraphs: [
          "Plätze lassen sich aus einer Liste wählen, die alles hat, was der Saalplan hat. Die Pfeiltasten führen durch eine Reihe, und jede Änderung wird vorgelesen.",
        ],
      },
    ],
  },
  terms: {
    title: "AGB",
    lead: "Die Regeln, an die sich dieser Shop hält, und die, um die er Sie bittet.",
    sections: [
      {
        heading: "Wer verkauft",
        paragraphs: [
          "Verkäufer ist der Veranstalter, der auf der Seite der Veranstaltung steht. Der Shop nimmt für ihn Buchungen und Zahlungen an.",
        ],
      },
      {
        heading: "Wann eine Buchung zustande kommt",
        paragraphs: [
          "Plätze zu reservieren ist kostenlos und endet von selbst. Eine Buchung kommt zustande, wenn die Zahlung oder bei kostenlosen Tickets die Bestätigung durch ist; dann erscheinen Ihre Tickets.",
        ],
      },
      {
        heading: "Preise",
        paragraphs: ["Der angezeigte Preis ist der Endpreis. Auf dem Weg zur Zahlung kommt nichts hinzu."],
      },
      {
        heading: "Grenzen",
        paragraphs: [
          "Eine Veranstaltung kann begrenzen, wie viele Plätze eine Person haben kann, nur eine Buchung pro Person zulassen oder darum bitten, keinen einzelnen Platz übrig zu lassen. Ihre Seite nennt die Regeln.",
        ],
      },
      {
        heading: "Stornieren",
        paragraphs: [
          "Buchungen können bis zu der Zeit storniert werden, die auf der Seite der Veranstaltung steht; steht dort keine, ist es nicht möglich. Mit der Stornierung werden die Tickets ungültig, und der Preis wird erstattet.",
        ],
      },
      {
        heading: "Am Einlass",
        paragraphs: [
          "Jedes Ticket hat einen Code, der eine Person einmal einlässt. Behalten Sie ihn für sich: wer ihn zuerst zeigt, kommt hinein.",
        ],
      },
    ],
  },
  privacy: {
    title: "Datenschutz",
    lead: "Was dieser Shop über Sie weiß, und warum.",
    sections: [
      {
        heading: "Ohne Konto",
        paragraphs: [
          "Umsehen geht ohne Konto und ohne ein Cookie, das Sie benennt. Zwei Cookies merken sich Sprache und Design, wenn Sie sie wählen.",
        ],
      },
      {
        heading: "Wenn Sie Plätze reservieren oder kaufen",
        paragraphs: [
          "Es wird eine Gastsitzung angelegt, damit Ihre Plätze und Tickets nur Ihnen gehören. Ein Cookie, das Skripte nicht lesen können, erneuert sie. Gespeichert wird die Buchung mit Veranstaltung, Plätzen, Preis und Zeit sowie mit dem Namen und der E-Mail-Adresse, die Sie vor dem Bezahlen angeben. Beide werden gelöscht, wenn Sie Ihr Konto löschen.",
        ],
      },
      {
        heading: "Mit Konto",
        paragraphs: [
          "Gespeichert werden Ihr Name, Ihre E-Mail-Adresse und Ihr Passwort; dieses nur als Wert, aus dem es sich nicht zurückrechnen lässt.",
        ],
      },
      {
        heading: "In Ihrem Browser",
        paragraphs: [
          "Der Browser merkt sich, welche Plätze Sie reserviert haben, damit beim Neuladen nichts verloren geht. Beim Abmelden wird das gelöscht.",
          "Favoriten und Veranstaltungsorte, denen Sie folgen, bleiben im Browser, solange Sie nicht angemeldet sind, und danach bei Ihrem Konto. Der Browser merkt sich auch die zuletzt gewählte Stadt, um sie wieder anzubieten.",
        ],
      },
      {
        heading: "Was nicht geschieht",
        paragraphs: [
          "Es gibt keine Werbung, keine Verfolgung durch andere und keine Auswertung dessen, was Sie ansehen. Die Seiten laden nichts von anderen Websites.",
        ],
      },
      {
        heading: "Zahlung",
        paragraphs: [
          "Kartendaten gehen an den Zahlungsdienst und werden hier nicht gespeichert. Auf einem Testsystem fließt gar kein Geld.",
        ],
      },
    ],
  },
  imprint: {
    title: "Impressum",
    lead: "Wer diesen Shop betreibt.",
    sections: [
      {
        heading: "Betreiber",
        paragraphs: ["Der Betreiber dieser Installation hat noch keinen Namen und keine Adresse eingetragen."],
      },
      {
        heading: "Veranstaltungen",
        paragraphs: [
          "Der Veranstalter steht auf der Seite der Veranstaltung und ist für sie und für das, was über sie geschrieben steht, verantwortlich.",
        ],
      },
      {
        heading: "Software",
        paragraphs: ["Dieser Shop läuft mit Onsale. Wie Programme ihn benutzen können, steht unter Für Entwickler."],
      },
    ],
  },
};
