import type { OwnTier, TierFee, TierTax } from "../../api/types";
import { useText } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { ChoiceField, MoneyField, PercentField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";

export interface TierTerms {
  fee: Required<TierFee>;
  tax: Required<TierTax>;
}

export function termsOf(tier: OwnTier | undefined): TierTerms {
  return {
    fee: {
      fixed: tier?.fee.fixed ?? 0,
      basisPoints: tier?.fee.basisPoints ?? 0,
      fromBuyer: tier?.fee.fromBuyer ?? true,
    },
    tax: { basisPoints: tier?.tax.basisPoints ?? 0, added: tier?.tax.added ?? false },
  };
}

interface TierTermsFieldsProps {
  terms: TierTerms;
  currency: string;
  error: unknown;
  onChange: (terms: TierTerms) => void;
}

/** What comes with a tier's price: a fee and a tax. */
export function TierTermsFields({ terms, currency, error, onChange }: TierTermsFieldsProps) {
  const { t } = useText();
  const { fee, tax } = terms;
  const setFee = (change: Partial<TierTerms["fee"]>) => onChange({ ...terms, fee: { ...fee, ...change } });
  const setTax = (change: Partial<TierTerms["tax"]>) => onChange({ ...terms, tax: { ...tax, ...change } });
  return (
    <details open={fee.fixed + fee.basisPoints + tax.basisPoints > 0}>
      <summary>{t("terms.title")}</summary>
      <p className="muted small">{t("terms.text")}</p>
      <FieldRow>
        <MoneyField
          label={t("terms.feeFixed")}
          value={fee.fixed}
          currency={currency}
          error={fieldError(error, "fee.fixed")}
          onChange={(fixed) => setFee({ fixed: fixed ?? 0 })}
        />
        <PercentField
          label={t("terms.feeShare")}
          value={fee.basisPoints}
          error={fieldError(error, "fee.basisPoints")}
          onChange={(basisPoints) => setFee({ basisPoints: basisPoints ?? 0 })}
        />
        <ChoiceField
          label={t("terms.feeBy")}
          value={fee.fromBuyer ? "buyer" : "organiser"}
          choices={[
            { value: "buyer", label: t("terms.byBuyer") },
            { value: "organiser", label: t("terms.byOrganiser") },
          ]}
          onChange={(by) => setFee({ fromBuyer: by === "buyer" })}
        />
        <PercentField
          label={t("terms.tax")}
          value={tax.basisPoints}
          error={fieldError(error, "tax.basisPoints")}
          onChange={(basisPoints) => setTax({ basisPoints: basisPoints ?? 0 })}
        />
        <ChoiceField
          label={t("terms.taxIs")}
          value={tax.added ? "added" : "contained"}
          choices={[
            { value: "contained", label: t("terms.contained") },
            { value: "added", label: t("terms.added") },
          ]}
          onChange={(is) => setTax({ added: is === "added" })}
        />
      </FieldRow>
    </details>
  );
}
