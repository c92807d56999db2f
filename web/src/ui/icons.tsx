import type { ReactNode } from "react";

/** A picture of the same strokes as the others. */
export function icon(name: string, path: ReactNode) {
  function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {path}
      </svg>
    );
  }
  Icon.displayName = name;
  return Icon;
}

export const SearchIcon = icon(
  "Search",
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </>,
);
export const CalendarIcon = icon(
  "Calendar",
  <>
    <rect x="3.5" y="5" width="17" height="15.5" rx="2.5" />
    <path d="M8 3v4M16 3v4M3.5 10h17" />
  </>,
);
export const PinIcon = icon(
  "Pin",
  <>
    <path d="M12 21c4.5-4.6 7-8 7-11a7 7 0 1 0-14 0c0 3 2.5 6.4 7 11Z" />
    <circle cx="12" cy="10" r="2.5" />
  </>,
);
export const TicketIcon = icon(
  "Ticket",
  <>
    <path d="M4 7.5A1.5 1.5 0 0 1 5.5 6h13A1.5 1.5 0 0 1 20 7.5V10a2 2 0 0 0 0 4v2.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5V14a2 2 0 0 0 0-4V7.5Z" />
    <path d="M14.5 8.5v7" strokeDasharray="1.5 2.5" />
  </>,
);
export const ClockIcon = icon(
  "Clock",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.5V12l3 2" />
  </>,
);
export const ShareIcon = icon(
  "Share",
  <>
    <path d="M12 15V4M8 7.5 12 3.5l4 4" />
    <path d="M6.5 11H6a1.5 1.5 0 0 0-1.5 1.5V19A1.5 1.5 0 0 0 6 20.5h12a1.5 1.5 0 0 0 1.5-1.5v-6.5A1.5 1.5 0 0 0 18 11h-.5" />
  </>,
);
export const UserIcon = icon(
  "User",
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5" />
  </>,
);
export const MoonIcon = icon("Moon", <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />);
export const SunIcon = icon(
  "Sun",
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
  </>,
);
export const GlobeIcon = icon(
  "Globe",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c2.5 2.5 3.5 5.5 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.5-3.5-8.5s1-6 3.5-8.5Z" />
  </>,
);
export const CheckIcon = icon("Check", <path d="m5 12.5 4.5 4.5L19 7.5" />);
export const CloseIcon = icon("Close", <path d="M6 6l12 12M18 6 6 18" />);
export const PlusIcon = icon("Plus", <path d="M12 5v14M5 12h14" />);
export const MinusIcon = icon("Minus", <path d="M5 12h14" />);
export const ChevronIcon = icon("Chevron", <path d="m9 5.5 6.5 6.5L9 18.5" />);
export const BackIcon = icon("Back", <path d="M15 5.5 8.5 12l6.5 6.5" />);
export const PeopleIcon = icon(
  "People",
  <>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.5 19.5c.8-3.6 3.3-5 6.5-5s5.7 1.4 6.5 5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.1 2.2 3.5 4.6" />
  </>,
);
export const AlertIcon = icon(
  "Alert",
  <>
    <path d="M12 4 2.8 20h18.4L12 4Z" />
    <path d="M12 10v4.5M12 17.3v.2" />
  </>,
);
export const EyeIcon = icon(
  "Eye",
  <>
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="3" />
  </>,
);
export const PrintIcon = icon(
  "Print",
  <>
    <path d="M7 8.5V3.5h10v5M7 17.5H5A1.5 1.5 0 0 1 3.5 16v-6A1.5 1.5 0 0 1 5 8.5h14a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-2" />
    <path d="M7 14h10v6.5H7z" />
  </>,
);
