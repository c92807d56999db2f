import { checkCatalogues } from "@/i18n/catalogue-checks";
import { ar } from "./catalogues/ar";
import { de } from "./catalogues/de";
import { en } from "./catalogues/en";
import { es } from "./catalogues/es";

checkCatalogues("the door's catalogue", { en, de, es, ar });
