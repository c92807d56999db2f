-- phase: expand
-- How often an event's page was opened, by the hour: a number, and nothing of who opened it. Nodes add what they
-- counted about once a minute.
create table event_views (
    event_id uuid not null,
    hour     timestamptz not null,
    views    bigint not null check (views > 0),
    primary key (event_id, hour)
) with (fillfactor = 50);
