import { useQuery } from "@tanstack/react-query";
import { limitedCallersQuery, type LimitedCaller } from "../../api/operation";
import { useText } from "../../i18n/text";
import { DataTable, type Column } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";

/** Whom the node refused lately, and by which limit. */
export function LimitsSection() {
  const { t, format } = useText();
  const { data } = useQuery(limitedCallersQuery);
  const columns: Column<LimitedCaller>[] = [
    { key: "caller", header: t("operate.limited"), cell: ({ caller }) => <bdi>{caller}</bdi> },
    { key: "policy", header: t("operate.policy"), cell: ({ policy }) => policy },
    {
      key: "refused",
      header: t("operate.refused"),
      isFigure: true,
      cell: ({ refused }) => format.number(Number(refused)),
    },
    { key: "last", header: t("operate.seen"), cell: ({ lastAt }) => format.moment(lastAt) },
  ];
  return (
    <Section title={t("operate.limits")}>
      {data === undefined ? (
        <Loading lines={1} />
      ) : data.data.length === 0 ? (
        <p className="muted">{t("operate.nobodyLimited")}</p>
      ) : (
        <DataTable
          caption={t("operate.limits")}
          columns={columns}
          rows={data.data}
          keyOf={({ caller, policy }) => `${policy} ${caller}`}
        />
      )}
    </Section>
  );
}
