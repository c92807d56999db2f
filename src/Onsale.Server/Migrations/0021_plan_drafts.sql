-- Seating plans that are being drawn. A draft may be anything that is JSON; only publishing asks whether it is a plan.
create table plan_drafts (
    id              uuid primary key,
    organisation_id uuid not null references organisations (id),
    name            text not null check (length(name) <= 190),
    document        jsonb not null,
    parent_id       uuid references seating_plans (id), -- the plan that it becomes a new version of
    version         bigint not null default 1,
    created_by      uuid not null,
    changed_by      uuid not null,
    created_at      timestamptz not null default clock_timestamp(),
    changed_at      timestamptz not null default clock_timestamp()
);
create index plan_drafts_by_organisation on plan_drafts (organisation_id, changed_at desc, id);
