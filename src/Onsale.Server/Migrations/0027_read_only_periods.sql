-- Times in which nothing could be changed: begun by an operator, or reported by a node once its database answered
-- again. What was held meanwhile is prolonged before a period is settled, and until then nodes take no changes.
create table read_only_periods (
    id uuid primary key,
    begun_at timestamptz not null,
    ended_at timestamptz,
    settled_at timestamptz,
    reason text,
    begun_by uuid,
    ended_by uuid,
    check (ended_at >= begun_at),
    check (settled_at is null or ended_at is not null),
    -- An operator gives a reason; what the program noticed by itself has ended when it is written.
    check ((begun_by is null) = (reason is null)),
    check (begun_by is not null or ended_at is not null)
);

create unique index one_read_only_period_by_hand on read_only_periods ((true)) where ended_at is null;

create index unsettled_read_only_periods on read_only_periods (begun_at) where settled_at is null;
