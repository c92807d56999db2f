import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { priceText } from "@/i18n/price-text";
import { PlusIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { changeEvent, deleteTier, ownEventKey } from "../../api/events";
import { planQuery, plansQuery } from "../../api/plans";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent, OwnTier } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Confirm } from "../../ui/confirm";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Share } from "../../ui/figures";
import { Swatch } from "../../ui/swatch";
import { CapacityDialog } from "./capacity-dialog";
import { TierDialog, type TierDraft } from "./tier-dialog";
import styles from "./tiers-section.module.css";

type Open =
  | { kind: "tier"; draft: TierDraft }
  | { kind: "capacity"; tier: OwnTier }
  | { kind: "delete"; tier: OwnTier }
  | undefined;

/** What a place costs, and how many there are. */
export function TiersSection({ stored }: { stored: Tagged<OwnEvent> }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const event = stored.value;
  const [open, setOpen] = useState<Open>();
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  const adopt = (saved: Tagged<OwnEvent>) => queryClient.setQueryData(ownEventKey(org, event.id), saved);
  const columns = useColumns(event, mayEdit, setOpen);
  const close = () => setOpen(undefined);
  return (
    <div className="stack">
      {!event.wasPublished && <PlanChoice stored={stored} mayEdit={mayEdit} />}
      {event.tiers.length > 0 && (
        <DataTable caption={t("tiers.title")} columns={columns} rows={event.tiers} keyOf={({ id }) => id} />
      )}
      {event.tiers.length === 0 && <p className="muted">{t("tiers.none")}</p>}
      {!event.wasPublished && mayEdit && (
        <>
          <OpenCategories event={event} onPrice={(draft) => setOpen({ kind: "tier", draft })} />
          <div>
            <Button
              variant="default"
              leftSection={<PlusIcon size={18} />}
              onClick={() => setOpen({ kind: "tier", draft: {} })}
            >
              {t("tiers.addQuantity")}
            </Button>
          </div>
        </>
      )}
      {event.wasPublished && <p className="muted small">{t("tiers.fixed")}</p>}
      {open?.kind === "tier" && <TierDialog event={event} draft={open.draft} onSaved={adopt} onClose={close} />}
      {open?.kind === "capacity" && <CapacityDialog event={event} tier={open.tier} onSaved={adopt} onClose={close} />}
      {open?.kind === "delete" && (
        <Confirm
          title={t("tiers.deleteTitle", { name: open.tier.name })}
          confirmLabel={t("common.delete")}
          isGrave
          run={async () => adopt(await deleteTier(org, event.id, open.tier.id))}
          onClose={close}
        >
          <p>{t("tiers.deleteText")}</p>
        </Confirm>
      )}
    </div>
  );
}

function useColumns(event: OwnEvent, mayEdit: boolean, setOpen: (open: Open) => void): Column<OwnTier>[] {
  const { t, format } = useText();
  const figures: Column<OwnTier>[] = event.wasPublished
    ? [
        {
          key: "sold",
          header: t("tiers.sold"),
          isFigure: true,
          cell: ({ sold, total }) => (
            <>
              {format.number(sold)}
              <Share part={sold} whole={total} />
            </>
          ),
        },
        { key: "held", header: t("tiers.held"), isFigure: true, cell: ({ held }) => format.number(held) },
        { key: "blocked", header: t("tiers.blocked"), isFigure: true, cell: ({ blocked }) => format.number(blocked) },
        { key: "free", header: t("tiers.free"), isFigure: true, cell: ({ available }) => format.number(available) },
      ]
    : [];
  return [
    {
      key: "name",
      header: t("tiers.name"),
      cell: ({ name, colour, planCategory, soldWith }) => (
        <span className={styles.name}>
          <Swatch colour={colour} />
          <span>
            <bdi>{name}</bdi>
            {planCategory !== undefined && planCategory !== null && planCategory !== name && (
              <span className="muted small"> {t("tiers.ofCategory", { category: planCategory })}</span>
            )}
            {soldWith != null && (
              <div className="muted small">
                {t("tiers.onlyWith", { name: event.tiers.find(({ id }) => id === soldWith.tierId)?.name ?? "" })}
              </div>
            )}
          </span>
        </span>
      ),
    },
    {
      key: "price",
      header: t("tiers.price"),
      isFigure: true,
      cell: ({ price, fullPrice }) => (
        <>
          {priceText(price, t, format)}
          {fullPrice.amount !== price.amount && (
            <div className="muted small">{t("tiers.buyersPay", { price: format.money(fullPrice) })}</div>
          )}
        </>
      ),
    },
    { key: "total", header: t("tiers.places"), isFigure: true, cell: ({ total }) => format.number(total) },
    ...figures,
    {
      key: "actions",
      header: "",
      cell: (tier) =>
        mayEdit && (
          <span className={styles.actions}>
            <Button
              variant="subtle"
              aria-label={t("tiers.changeOf", { name: tier.name })}
              onClick={() => setOpen({ kind: "tier", draft: { tier } })}
            >
              {t("common.change")}
            </Button>
            {event.wasPublished && tier.kind === "quantity" && (
              <Button
                variant="subtle"
                aria-label={t("tiers.capacityOf", { name: tier.name })}
                onClick={() => setOpen({ kind: "capacity", tier })}
              >
                {t("tiers.capacity")}
              </Button>
            )}
            {!event.wasPublished && (
              <Button
                variant="subtle"
                color="red"
                aria-label={t("tiers.deleteOf", { name: tier.name })}
                onClick={() => setOpen({ kind: "delete", tier })}
              >
                {t("common.delete")}
              </Button>
            )}
          </span>
        ),
    },
  ];
}

/** By quantity only, or with the numbered seats of a plan too. */
function PlanChoice({ stored, mayEdit }: { stored: Tagged<OwnEvent>; mayEdit: boolean }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const event = stored.value;
  const { data } = useQuery(plansQuery(org));
  const choose = useMutation({
    mutationFn: (planId: string) =>
      changeEvent(org, event.id, stored.etag, planId === "" ? { clear: ["seatingPlanId"] } : { seatingPlanId: planId }),
    onSuccess: (saved) => queryClient.setQueryData(ownEventKey(org, event.id), saved),
    onError: () => queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) }),
  });
  const error = formError(choose.error, t);
  return (
    <>
      <div className={styles.plan}>
        <ChoiceField
          label={t("tiers.plan")}
          description={t("tiers.planHint")}
          value={event.seatingPlanId ?? ""}
          disabled={!mayEdit || choose.isPending}
          choices={[
            { value: "", label: t("tiers.noPlan") },
            ...(data?.data ?? []).map(({ id, name, seats }) => ({
              value: id,
              label: t("tiers.planOf", { name, seats: format.number(seats) }),
            })),
          ]}
          onChange={(planId) => choose.mutate(planId)}
        />
      </div>
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
    </>
  );
}

/** Categories of the plan that nobody can buy yet. */
function OpenCategories({ event, onPrice }: { event: OwnEvent; onPrice: (draft: TierDraft) => void }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const planId = event.seatingPlanId ?? undefined;
  const { data } = useQuery({ ...planQuery(org, planId ?? ""), enabled: planId !== undefined });
  const open = (data?.categories ?? []).filter(
    ({ name, seats }) => seats > 0 && !event.tiers.some(({ planCategory }) => planCategory === name),
  );
  if (planId === undefined || open.length === 0) return null;
  return (
    <Notice tone="warn" title={t("tiers.open")}>
      <ul className={styles.open}>
        {open.map(({ name, color, seats }) => (
          <li key={name}>
            <Swatch colour={color ?? "#808080"} />
            <span>{t("tiers.openCategory", { name, count: seats })}</span>
            <Button
              variant="default"
              aria-label={t("tiers.setPriceOf", { name })}
              onClick={() => onPrice({ category: name, colour: color ?? undefined })}
            >
              {t("tiers.setPrice")}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
