import { icon } from "@/ui/icons";

export const HeartIcon = icon(
  "Heart",
  <path d="M12 20.2s-7.6-4.6-9-9.3C1.9 7.3 4.3 4.3 7.5 4.3c2 0 3.6 1.1 4.5 2.8.9-1.7 2.5-2.8 4.5-2.8 3.2 0 5.6 3 4.5 6.6-1.4 4.7-9 9.3-9 9.3Z" />,
);
