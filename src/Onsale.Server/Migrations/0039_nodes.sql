-- What each node last said of itself; it says so every few seconds.
create table nodes (
    id             uuid primary key,
    name           text not null check (length(name) <= 100),
    version        text not null check (length(version) <= 100),
    started_at     timestamptz not null,
    seen_at        timestamptz not null default clock_timestamp(),
    read_only      boolean not null,
    lanes          integer not null,
    queued         integer not null,
    -- The last round of the audit that this node ran; null: none yet.
    audited_at     timestamptz,
    audited_events integer,
    audit_faults   integer
);
