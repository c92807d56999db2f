import type { Translate } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";

const names: Record<string, MessageKey> = {
  concert: "category.concert",
  club: "category.club",
  classical: "category.classical",
  jazz: "category.jazz",
  theatre: "category.theatre",
  ballet: "category.ballet",
  comedy: "category.comedy",
  sports: "category.sports",
  festival: "category.festival",
  family: "category.family",
  conference: "category.conference",
};

/** Organisers may have categories of their own: those are shown as written. */
export function categoryName(category: string, t: Translate): string {
  const key = Object.hasOwn(names, category) ? names[category] : undefined;
  return key === undefined ? category : t(key);
}
