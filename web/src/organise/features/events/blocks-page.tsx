import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { PlusIcon } from "@/ui/icons";
import { blocksQuery, deleteBlock, ownEventKey } from "../../api/events";
import type { Block, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import { DataTable, type Column } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { Swatch } from "../../ui/swatch";
import { BlockForm } from "./block-form";
import styles from "./tiers-section.module.css";

/** Places that are kept from sale, by what for. */
export function BlocksPage({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { data } = useQuery(blocksQuery(org, event.id));
  const [isAdding, setIsAdding] = useState(false);
  const [freed, setFreed] = useState<Block>();
  const mayEdit = can("blocks.edit") && event.wasPublished && event.status !== "cancelled";
  const refresh = async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ["organisation", org, "blocks", event.id] }),
      queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) }),
    ]);
  };
  if (!event.wasPublished) return <EmptyState title={t("blocks.notYet")} text={t("blocks.notYetText")} />;
  const tierName = (id: string | null | undefined) => event.tiers.find((tier) => tier.id === id)?.name;
  const columns: Column<Block>[] = [
    {
      key: "name",
      header: t("blocks.name"),
      cell: ({ name, colour }) => (
        <span className={styles.name}>
          <Swatch colour={colour} />
          <bdi>{name}</bdi>
        </span>
      ),
    },
    {
      key: "places",
      header: t("blocks.places"),
      cell: ({ seats, tierId, quantity }) =>
        seats.length > 0
          ? t("blocks.seats", { count: seats.length })
          : t("blocks.ofTier", { count: quantity ?? 0, tier: tierName(tierId) ?? "" }),
    },
    { key: "since", header: t("blocks.since"), cell: ({ createdAt }) => format.moment(createdAt) },
    {
      key: "free",
      header: "",
      cell: (block) =>
        mayEdit && (
          <Button
            variant="subtle"
            aria-label={t("blocks.freeOf", { name: block.name })}
            onClick={() => setFreed(block)}
          >
            {t("blocks.free")}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={t("eventTabs.blocks")}
      text={t("blocks.lead")}
      actions={
        mayEdit &&
        !isAdding && (
          <Button leftSection={<PlusIcon size={18} />} onClick={() => setIsAdding(true)}>
            {t("blocks.new")}
          </Button>
        )
      }
    >
      {isAdding && (
        <BlockForm
          event={event}
          onClose={() => setIsAdding(false)}
          onSaved={() => {
            setIsAdding(false);
            void refresh();
          }}
        />
      )}
      {data === undefined && <Loading />}
      {data?.data.length === 0 && !isAdding && <p className="muted">{t("blocks.none")}</p>}
      {data !== undefined && data.data.length > 0 && (
        <DataTable caption={t("eventTabs.blocks")} columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
      {freed !== undefined && (
        <Confirm
          title={t("blocks.freeTitle", { name: freed.name })}
          confirmLabel={t("blocks.free")}
          run={() => deleteBlock(org, event.id, freed.id)}
          onDone={() => void refresh()}
          onClose={() => setFreed(undefined)}
        >
          <p>{t("blocks.freeText")}</p>
        </Confirm>
      )}
    </Section>
  );
}
