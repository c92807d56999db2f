import { Badge, type Tone } from "../../ui/badge";
import type { Dependency, Job, Lane, NodeState, SystemState } from "../../api/operation";
import { useText, type Texts } from "../../i18n/text";
import { DataTable, type Column } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";

/** A node says every five seconds that it is there. */
const lateSeconds = 20;
const bytesInMegabyte = 1024 * 1024;

function secondsSince(instant: string): number {
  return Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000));
}

/** Nodes, what they depend on, and what this one does. */
export function SystemSections({ system }: { system: SystemState }) {
  const { t, format } = useText();
  const { database } = system;
  const age = (instant: string | undefined) =>
    instant === undefined ? "–" : t("operate.age", { value: format.number(secondsSince(instant)) });
  return (
    <>
      <Section title={t("operate.dependencies")}>
        <DataTable
          caption={t("operate.dependencies")}
          columns={dependencyColumns(t, format.number, format.moment)}
          rows={system.dependencies}
          keyOf={({ name }) => name}
        />
      </Section>
      <Section title={t("operate.nodes")}>
        <DataTable
          caption={t("operate.nodes")}
          columns={nodeColumns(t, system.node, age)}
          rows={system.nodes}
          keyOf={({ id }) => id}
        />
      </Section>
      {database && (
        <Section title={`${t("operate.database")} ${database.version}`}>
          <Figures
            label={t("operate.database")}
            figures={[
              {
                name: t("operate.connections"),
                value: `${format.number(database.connections)} / ${format.number(database.maxConnections)}`,
              },
              { name: t("operate.size"), value: `${format.number(Math.round(database.bytes / bytesInMegabyte))} MB` },
              { name: t("operate.standbys"), value: format.number(database.standbys) },
              {
                name: t("operate.lag"),
                value:
                  typeof database.replicationLagBytes !== "number"
                    ? "–"
                    : `${format.number(Math.round(database.replicationLagBytes / 1024))} kB`,
              },
            ]}
          />
        </Section>
      )}
      <Section title={t("operate.lanes")}>
        {system.lanes.length === 0 ? (
          <p className="muted">{t("operate.noLanes")}</p>
        ) : (
          <DataTable
            caption={t("operate.lanes")}
            columns={laneColumns(t, format.number)}
            rows={system.lanes}
            keyOf={({ eventId }) => eventId}
          />
        )}
      </Section>
      <Section title={t("operate.jobs")}>
        <Jobs jobs={system.jobs} age={age} />
      </Section>
    </>
  );
}

/** Those that fail, and all of them on demand. */
function Jobs({ jobs, age }: { jobs: readonly Job[]; age: (instant: string | undefined) => string }) {
  const { t } = useText();
  const failing = jobs.filter(({ failures }) => failures > 0);
  const table = (rows: readonly Job[]) => (
    <DataTable caption={t("operate.jobs")} columns={jobColumns(t, age)} rows={rows} keyOf={({ name }) => name} />
  );
  return (
    <>
      {failing.length === 0 ? <p className="muted">{t("operate.jobsFine")}</p> : table(failing)}
      <details>
        <summary>{t("operate.jobsAll", { count: jobs.length })}</summary>
        {table(jobs)}
      </details>
    </>
  );
}

function dependencyColumns(
  t: Texts,
  number: (value: number) => string,
  moment: (instant: string) => string,
): Column<Dependency>[] {
  const tones: Record<string, Tone> = { up: "good", down: "bad" };
  return [
    { key: "name", header: t("operate.name"), cell: ({ name }) => name },
    {
      key: "state",
      header: t("operate.state"),
      cell: ({ state }) => (
        <Badge tone={tones[state] ?? "plain"}>
          {t(state === "up" ? "operate.state.up" : state === "down" ? "operate.state.down" : "operate.state.off")}
        </Badge>
      ),
    },
    {
      key: "latency",
      header: t("operate.latency"),
      isFigure: true,
      cell: ({ latencyMs }) => (typeof latencyMs !== "number" ? "–" : `${number(Math.round(latencyMs * 10) / 10)} ms`),
    },
    {
      key: "error",
      header: t("operate.error"),
      cell: ({ failedAt, error }) =>
        failedAt === undefined ? (
          "–"
        ) : (
          <>
            {moment(failedAt)} <bdi className="muted">{error}</bdi>
          </>
        ),
    },
  ];
}

function nodeColumns(t: Texts, self: string, age: (instant: string | undefined) => string): Column<NodeState>[] {
  return [
    {
      key: "name",
      header: t("operate.name"),
      cell: ({ id, name }) => (
        <>
          <bdi>{name}</bdi> {id === self && <Badge tone="accent">{t("operate.thisNode")}</Badge>}
        </>
      ),
    },
    {
      key: "state",
      header: t("operate.state"),
      cell: ({ seenAt, readOnly }) =>
        secondsSince(seenAt) > lateSeconds ? (
          <Badge tone="bad">{t("operate.state.late")}</Badge>
        ) : (
          <Badge tone={readOnly ? "warn" : "good"}>{t(readOnly ? "operate.state.readOnly" : "operate.state.up")}</Badge>
        ),
    },
    { key: "version", header: t("operate.version"), cell: ({ version }) => <bdi>{version.slice(0, 20)}</bdi> },
    { key: "queued", header: t("operate.queued"), isFigure: true, cell: ({ queued }) => queued },
    { key: "seen", header: t("operate.seen"), cell: ({ seenAt }) => age(seenAt) },
    {
      key: "audit",
      header: t("operate.audit"),
      cell: ({ auditedAt, auditFaults }) =>
        auditedAt === undefined ? (
          <span className="muted">{t("operate.auditNone")}</span>
        ) : (
          <>
            <Badge tone={auditFaults === 0 ? "good" : "bad"}>
              {auditFaults === 0 ? t("operate.auditSound") : t("operate.auditFaults", { count: auditFaults ?? 0 })}
            </Badge>{" "}
            {age(auditedAt)}
          </>
        ),
    },
  ];
}

function laneColumns(t: Texts, number: (value: number) => string): Column<Lane>[] {
  return [
    { key: "event", header: t("operate.event"), cell: ({ title, eventId }) => <bdi>{title ?? eventId}</bdi> },
    { key: "queued", header: t("operate.queued"), isFigure: true, cell: ({ queued }) => number(queued) },
    {
      key: "free",
      header: t("operate.free"),
      isFigure: true,
      cell: ({ available, total }) => `${number(available)} / ${number(total)}`,
    },
  ];
}

function jobColumns(t: Texts, age: (instant: string | undefined) => string): Column<Job>[] {
  return [
    { key: "name", header: t("operate.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: "state",
      header: t("operate.state"),
      cell: ({ failures, error }) =>
        failures === 0 ? (
          <Badge tone="good">{t("operate.state.up")}</Badge>
        ) : (
          <>
            <Badge tone="bad">{t("operate.state.failing")}</Badge> <bdi className="muted">{error}</bdi>
          </>
        ),
    },
    {
      key: "interval",
      header: t("operate.interval"),
      isFigure: true,
      cell: ({ intervalSeconds }) => `${intervalSeconds} s`,
    },
    { key: "succeeded", header: t("operate.succeeded"), cell: ({ succeededAt }) => age(succeededAt) },
  ];
}
