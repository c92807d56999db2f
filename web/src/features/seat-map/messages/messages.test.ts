import { checkCatalogues } from "@/i18n/catalogue-checks";
import { ar } from "./ar";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";

checkCatalogues("the map's catalogue", { en, de, es, ar });
