import { useText } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { CheckField, CountField, TimeField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";
import type { EventForm } from "./use-event-form";

interface SaleFieldsProps {
  form: EventForm;
  timeZone: string;
  mayEdit: boolean;
}

/** When it sells, and by which rules. */
export function SaleFields({ form, timeZone, mayEdit }: SaleFieldsProps) {
  const { t } = useText();
  const { entries, change, error } = form;
  const isCancellable = entries.cancellableUntil !== undefined;
  return (
    <>
      <FieldRow>
        <TimeField
          label={t("eventForm.onSaleAt")}
          required
          value={entries.onSaleAt}
          timeZone={timeZone}
          readOnly={!mayEdit}
          error={fieldError(error, "onSaleAt")}
          onChange={(onSaleAt) => change({ onSaleAt })}
        />
        <TimeField
          label={t("eventForm.offSaleAt")}
          required
          value={entries.offSaleAt}
          timeZone={timeZone}
          readOnly={!mayEdit}
          error={fieldError(error, "offSaleAt")}
          onChange={(offSaleAt) => change({ offSaleAt })}
        />
      </FieldRow>
      <FieldRow>
        <CountField
          label={t("eventForm.maxTickets")}
          required
          value={entries.maxTicketsPerBuyer}
          readOnly={!mayEdit}
          error={fieldError(error, "maxTicketsPerBuyer")}
          onChange={(maxTicketsPerBuyer) => change({ maxTicketsPerBuyer })}
        />
        <CountField
          label={t("eventForm.holdMinutes")}
          description={t("eventForm.holdMinutesHint")}
          required
          value={entries.holdMinutes}
          readOnly={!mayEdit}
          error={fieldError(error, "holdMinutes")}
          onChange={(holdMinutes) => change({ holdMinutes })}
        />
      </FieldRow>
      <CheckField
        label={t("eventForm.isCancellable")}
        description={t("eventForm.isCancellableHint")}
        checked={isCancellable}
        disabled={!mayEdit}
        onChange={(isChecked) => change({ cancellableUntil: isChecked ? entries.startsAt : undefined })}
      />
      {isCancellable && (
        <TimeField
          label={t("eventForm.cancellableUntil")}
          value={entries.cancellableUntil}
          timeZone={timeZone}
          readOnly={!mayEdit}
          error={fieldError(error, "cancellableUntil")}
          onChange={(cancellableUntil) => change({ cancellableUntil })}
        />
      )}
      <CheckField
        label={t("eventForm.oneBooking")}
        checked={entries.oneBookingPerBuyer}
        disabled={!mayEdit}
        onChange={(oneBookingPerBuyer) => change({ oneBookingPerBuyer })}
      />
      <CheckField
        label={t("eventForm.orphanRule")}
        description={t("eventForm.orphanRuleHint")}
        checked={entries.orphanRule}
        disabled={!mayEdit}
        onChange={(orphanRule) => change({ orphanRule })}
      />
    </>
  );
}
