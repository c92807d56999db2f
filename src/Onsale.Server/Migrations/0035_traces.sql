-- Where a trace goes on after a commit: of sampled requests only, for a day. Written in the transaction of the change.
create table change_traces (
    event_id     uuid not null,
    version      bigint not null,
    trace_parent text not null check (length(trace_parent) <= 55),
    at           timestamptz not null default clock_timestamp(),
    primary key (event_id, version)
);
create index change_traces_by_age on change_traces (at);

-- Null: what the mail tells of was not sampled.
alter table mails add column trace_parent text check (length(trace_parent) <= 55);
