import { icon } from "@/ui/icons";

export const OverviewIcon = icon(
  "Overview",
  <>
    <rect x="3.5" y="3.5" width="7" height="9" rx="1.5" />
    <rect x="13.5" y="3.5" width="7" height="5" rx="1.5" />
    <rect x="13.5" y="11.5" width="7" height="9" rx="1.5" />
    <rect x="3.5" y="15.5" width="7" height="5" rx="1.5" />
  </>,
);
export const PlanIcon = icon(
  "Plan",
  <>
    <path d="M8 4h8M4.5 9.5h.01M9.5 9.5h.01M14.5 9.5h.01M19.5 9.5h.01M4.5 14.5h.01M9.5 14.5h.01M14.5 14.5h.01M19.5 14.5h.01M7 19.5h.01M12 19.5h.01M17 19.5h.01" />
  </>,
);
export const SettingsIcon = icon(
  "Settings",
  <>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </>,
);
export const MoneyIcon = icon(
  "Money",
  <>
    <rect x="3" y="6.5" width="18" height="11" rx="2" />
    <circle cx="12" cy="12" r="2.5" />
    <path d="M6.5 12h.01M17.5 12h.01" />
  </>,
);
export const InvoiceIcon = icon(
  "Invoice",
  <>
    <path d="M6 3.5h12v17l-3-2-3 2-3-2-3 2Z" />
    <path d="M9 8.5h6M9 12.5h6" />
  </>,
);
export const CopyIcon = icon(
  "Copy",
  <>
    <rect x="8.5" y="8.5" width="12" height="12" rx="2" />
    <path d="M15.5 8.5V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v9A1.5 1.5 0 0 0 5 15.5h3.5" />
  </>,
);
export const DownloadIcon = icon("Download", <path d="M12 4v11M7.5 11 12 15.5 16.5 11M4.5 19.5h15" />);
export const ExternalIcon = icon(
  "External",
  <path d="M14 4.5h5.5V10M19.5 4.5 11 13M17 14v4a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 18V8a1.5 1.5 0 0 1 1.5-1.5H10" />,
);
