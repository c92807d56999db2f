import { useMemo } from "react";
import currencies from "../../../../openapi/currencies.v1.json";
import { isLanguage, languageNames, languages, type Language } from "@/i18n/messages";
import { useText } from "../i18n/text";
import { knownZones } from "../lib/zoned-time";
import { ChoiceField, zoneName } from "./fields";

interface KnownFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  description?: string;
  error?: string | undefined;
  disabled?: boolean;
}

/** What most take, before the rest of the alphabet. */
const commonCurrencies = ["EUR", "USD", "GBP", "CHF"];

export function CurrencyField(props: KnownFieldProps) {
  const { language } = useText();
  const choices = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: "currency" });
    const others = Object.keys(currencies).filter((code) => !commonCurrencies.includes(code));
    return [...commonCurrencies, ...others].map((code) => ({
      value: code,
      label: `${code} · ${names.of(code) ?? code}`,
    }));
  }, [language]);
  return <ChoiceField {...props} choices={choices} />;
}

export function ZoneField(props: KnownFieldProps) {
  const { value } = props;
  const choices = useMemo(() => {
    const known = knownZones();
    // The server may know one that this browser does not.
    return (known.includes(value) ? known : [value, ...known]).map((zone) => ({ value: zone, label: zoneName(zone) }));
  }, [value]);
  return <ChoiceField {...props} choices={choices} />;
}

export function LanguageField({
  onChange,
  value,
  ...props
}: Omit<KnownFieldProps, "onChange"> & { onChange: (value: Language) => void }) {
  return (
    <ChoiceField
      {...props}
      value={value}
      choices={languages.map((code) => ({ value: code as string, label: languageNames[code] }))}
      onChange={(next) => {
        if (isLanguage(next)) onChange(next);
      }}
    />
  );
}

/** ISO 3166-1, by the names that the visitor's language has for them. */
const countryCodes =
  "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FO FR GA GB GD GE GG GH GI GL GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW";

export function CountryField(props: KnownFieldProps) {
  const { language } = useText();
  const choices = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: "region" });
    return countryCodes
      .split(" ")
      .map((code) => ({ value: code, label: names.of(code) ?? code }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language));
  }, [language]);
  return <ChoiceField {...props} choices={choices} />;
}
