import type { InfoTexts } from "../model/info-page";

export const texts: InfoTexts = {
  help: {
    title: "Help",
    lead: "How buying works here, and what to do when it does not.",
    sections: [
      {
        heading: "How long are my places kept?",
        paragraphs: [
          "As soon as you keep places, they are yours for the time that the event gives: the clock on the page says how long. Nobody else can buy them meanwhile. When the time is up they are free again, and nothing is charged.",
          "The clock follows the server, not your device. Reloading the page or closing it changes nothing: a bar at the lower edge leads back.",
        ],
      },
      {
        heading: "I want to be there when the sale begins",
        paragraphs: [
          "Before its sale, an event's page counts down, and offers a mail a day and 15 minutes before. Each mail has a link that ends this.",
        ],
      },
      {
        heading: "I was just too late for a place",
        paragraphs: [
          "What you see is what is free at that second, but others look at the same places. When one of yours is taken, the page names it and offers the nearest that is free.",
        ],
      },
      {
        heading: "My payment was declined, or there was no answer",
        paragraphs: [
          "Nothing is charged when a payment is declined, and your places stay kept: you can try again, up to three times. When there was no answer, press the button again: you learn the result and never pay twice.",
        ],
      },
      {
        heading: "Where are my tickets?",
        paragraphs: [
          "Under My bookings. On another device, or without an account, “Find my tickets” at the foot of every page shows them: it asks for the order code and for the e-mail address that you gave. If you create an account, everything that you hold or bought as a guest comes along.",
        ],
      },
      {
        heading: "My tickets without a network",
        paragraphs: [
          "Tickets that you have opened on a device open there again without a network: the page says “Offline” and from when it is. Open them once before you leave. To have them on your home screen, install the shop: the page of your tickets offers it where your browser can. Signing out removes them from the device.",
        ],
      },
      {
        heading: "Can I cancel?",
        paragraphs: [
          "Each event says until when, on its page beside the prices. If it can be cancelled, your booking has a button for it, and what you paid goes back the way you paid it.",
        ],
      },
      {
        heading: "The event is cancelled or moved",
        paragraphs: [
          "The event's page and your booking say so. Questions about the event itself are answered by its organiser, who is named on its page.",
        ],
      },
      {
        heading: "I use a keyboard or a screen reader",
        paragraphs: [
          "Seats can be chosen from a list that has everything the seat map has. Arrow keys move through a row, and every change is read out.",
        ],
      },
    ],
  },
  terms: {
    title: "Terms",
    lead: "The rules that this shop keeps, and those that it asks you to keep.",
    sections: [
      {
        heading: "Who sells",
        paragraphs: [
          "Events are sold by the organiser named on the event's page. The shop takes bookings and payments for the organiser.",
        ],
      },
      {
        heading: "When a booking is made",
        paragraphs: [
          "Keeping places is free and ends by itself. A booking is made when the payment, or for free tickets the confirmation, has gone through; then your tickets appear.",
        ],
      },
      {
        heading: "Prices",
        paragraphs: ["The price shown is what you pay. Nothing is added on the way to the payment."],
      },
      {
        heading: "Limits",
        paragraphs: [
          "An event may limit how many places one buyer can have, allow one booking for each buyer, or ask you not to leave a single seat alone. Its page says which rules it has.",
        ],
      },
      {
        heading: "Cancelling",
        paragraphs: [
          "Bookings can be cancelled until the time that the event's page names; where it names none, they cannot. For a cancelled booking the tickets become invalid and the price is paid back.",
        ],
      },
      {
        heading: "At the entrance",
        paragraphs: [
          "Each ticket has a code that lets one person in once. Keep it to yourself: whoever shows it first gets in.",
        ],
      },
    ],
  },
  privacy: {
    title: "Privacy",
    lead: "What this shop knows about you, and why.",
    sections: [
      {
        heading: "Without an account",
        paragraphs: [
          "Looking around needs no account and sets no cookie that names you. Two cookies remember the language and the theme if you choose them.",
        ],
      },
      {
        heading: "When you keep or buy places",
        paragraphs: [
          "A guest session is made, so that your places and tickets are yours alone. A cookie that scripts cannot read renews it. The booking is stored with the event, the places, the price and the time, and with the name and e-mail address that you give before paying. They are erased when you delete your account.",
        ],
      },
      {
        heading: "With an account",
        paragraphs: [
          "Your name, your e-mail address and your password are stored; the password only as a value that it cannot be computed back from.",
        ],
      },
      {
        heading: "In your browser",
        paragraphs: [
          "The browser remembers which places you keep, so that a reload loses nothing. It is removed when you sign out.",
          "Favourites and venues that you follow are kept in the browser as long as you are not signed in, and with your account once you are. The browser also keeps the city that you last chose, to offer it again.",
        ],
      },
      {
        heading: "What is not done",
        paragraphs: [
          "There is no advertising, no tracking by others and no analysis of what you look at. Pages load nothing from other sites.",
        ],
      },
      {
        heading: "Payment",
        paragraphs: [
          "Card data goes to the payment provider and is not stored here. On a test system no money moves at all.",
        ],
      },
    ],
  },
  imprint: {
    title: "Imprint",
    lead: "Who runs this shop.",
    sections: [
      {
        heading: "Operator",
        paragraphs: ["The operator of this installation has not entered a name and an address yet."],
      },
      {
        heading: "Events",
        paragraphs: [
          "The organiser of an event is named on the event's page, and is responsible for the event and what is written about it.",
        ],
      },
      {
        heading: "Software",
        paragraphs: ["This shop runs Onsale. How it can be used by programs is described under For developers."],
      },
    ],
  },
};
