import { icon } from "@/ui/icons";

export const SelectIcon = icon("Select", <path d="M6 3.5 18.5 12l-5.7 1.2L9.6 18 6 3.5Z" />);
export const LassoIcon = icon(
  "Lasso",
  <path d="M8 17.5c-3-.8-5-3-5-5.7C3 7.9 7 5 12 5s9 2.9 9 6.8-4 6.7-9 6.7c-1.5 0-2.9-.2-4-.6Zm0 0c1.2.3 1.8 1.6 0 3.5" />,
);
export const HandIcon = icon(
  "Hand",
  <path d="M8 12V6a1.5 1.5 0 0 1 3 0v5-6.5a1.5 1.5 0 0 1 3 0V11V6.5a1.5 1.5 0 0 1 3 0V14c0 4-2 6.5-5.5 6.5S6.5 19 5 15.5L3.8 13a1.5 1.5 0 0 1 2.6-1.5L8 14" />,
);
export const RowIcon = icon("Row", <path d="M4 12h.01M9.3 12h.01M14.7 12h.01M20 12h.01" strokeWidth="4" />);
export const BlockIcon = icon(
  "Block",
  <path d="M5 6h.01M12 6h.01M19 6h.01M5 12h.01M12 12h.01M19 12h.01M5 18h.01M12 18h.01M19 18h.01" strokeWidth="4" />,
);
export const FanIcon = icon(
  "Fan",
  <path
    d="M4 8.5h.01M9.2 11h.01M14.8 11h.01M20 8.5h.01M5.5 14.5h.01M9.7 17h.01M14.3 17h.01M18.5 14.5h.01"
    strokeWidth="4"
  />,
);
export const RoundTableIcon = icon(
  "RoundTable",
  <>
    <circle cx="12" cy="12" r="4.5" />
    <path d="M12 3.5h.01M18 6h.01M20.5 12h.01M18 18h.01M12 20.5h.01M6 18h.01M3.5 12h.01M6 6h.01" strokeWidth="3" />
  </>,
);
export const TableIcon = icon(
  "Table",
  <>
    <rect x="5" y="9" width="14" height="6" rx="1" />
    <path d="M7 5.5h.01M12 5.5h.01M17 5.5h.01M7 18.5h.01M12 18.5h.01M17 18.5h.01" strokeWidth="3" />
  </>,
);
export const PolygonIcon = icon("Polygon", <path d="M5 8 13 4l7 7-4 9H6L5 8Z" />);
export const RectangleIcon = icon("Rectangle", <rect x="4" y="6" width="16" height="12" rx="1" />);
export const EllipseIcon = icon("Ellipse", <ellipse cx="12" cy="12" rx="8.5" ry="6.5" />);
export const TextIcon = icon("Text", <path d="M5 6V4.5h14V6M12 4.5v15M9.5 19.5h5" />);
export const SignIcon = icon("Sign", <path d="M14 4H6v16h8M10 12h10M16 8l4 4-4 4" />);
export const PaintIcon = icon(
  "Paint",
  <path d="m4 12 8-8 7 7-8 8a1.5 1.5 0 0 1-2 0l-5-5a1.5 1.5 0 0 1 0-2Zm8-8L9.5 1.5M4 13h14M21 16c1 1.5 1.5 2.5 1.5 3.2a1.5 1.5 0 0 1-3 0c0-.7.5-1.7 1.5-3.2Z" />,
);
export const FocusIcon = icon(
  "Focus",
  <>
    <circle cx="12" cy="12" r="5" />
    <path d="M12 2.5v5M12 16.5v5M2.5 12h5M16.5 12h5" />
  </>,
);
export const UndoIcon = icon("Undo", <path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3" />);
export const RedoIcon = icon("Redo", <path d="M15.5 5 20 9.5 15.5 14M19.5 9.5H10a5.5 5.5 0 0 0 0 11h3" />);
