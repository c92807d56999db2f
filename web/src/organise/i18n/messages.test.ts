import { describe, expect, it } from "vitest";
import { checkCatalogues } from "@/i18n/catalogue-checks";
import { en as shop } from "@/i18n/catalogues/en";
import type { Language } from "@/i18n/messages";
import { ar } from "./catalogues/ar";
import { de } from "./catalogues/de";
import { en } from "./catalogues/en";
import { es } from "./catalogues/es";
import type { OrganiseCatalogue } from "./messages";

const catalogues: Record<Language, OrganiseCatalogue> = { en, de, es, ar };
checkCatalogues("the organisers' catalogue", catalogues);

describe("the organisers' texts", () => {
  it("have keys of their own, beside those of the shop", () => {
    expect(Object.keys(en).filter((key) => key in shop)).toEqual([]);
  });
});
