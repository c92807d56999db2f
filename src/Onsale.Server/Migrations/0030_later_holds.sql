-- Outcomes of holds whose caller preferred to hear of them later, kept for a quarter of an hour.
create table later_holds (
    event_id uuid not null,
    id uuid not null,
    buyer_id uuid not null,
    status smallint not null,
    -- JSON as it would have been answered.
    body bytea not null,
    location text,
    created_at timestamptz not null default clock_timestamp(),
    primary key (event_id, id)
);

create index later_holds_by_age on later_holds (created_at);
