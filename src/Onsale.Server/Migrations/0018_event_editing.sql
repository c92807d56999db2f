-- Venues, plans and events as organisers make and change them.

alter table venues add column accessibility text not null default '' check (length(accessibility) <= 2000);
alter table venues add column map_url text not null default '' check (length(map_url) <= 500);
create index venues_by_organisation on venues (organisation_id, name, id);

-- Which organisation works with which plan. The plan itself is stored once, whoever drew it: it is its content's.
create table organisation_plans (
    organisation_id uuid not null references organisations (id),
    plan_id         uuid not null references seating_plans (id),
    venue_id        uuid references venues (id),
    parent_id       uuid references seating_plans (id), -- the version that it came from
    created_by      uuid, -- null: not known
    created_at      timestamptz not null default clock_timestamp(),
    primary key (organisation_id, plan_id)
);
insert into organisation_plans (organisation_id, plan_id, venue_id)
select distinct on (v.organisation_id, p.id) v.organisation_id, p.id, v.id
from seating_plans p join venues v on v.id = p.venue_id
on conflict do nothing;
insert into organisation_plans (organisation_id, plan_id)
select distinct organisation_id, seating_plan_id from events where seating_plan_id is not null
on conflict do nothing;

-- A draft may not know its venue yet.
alter table events alter column venue_id drop not null;
alter table events add constraint events_venue_check check (venue_id is not null or status = 0);
-- Counts changes of an event that has no inventory yet; afterwards its settings version does.
alter table events add column edit_version bigint not null default 0;
alter table events add column doors_at timestamptz;
alter table events add column age_limit smallint check (age_limit between 0 and 99);
alter table events add column languages text[] not null default '{}';
alter table events add column series_id uuid; -- the same for all dates of a run
-- What becomes of confirmed bookings when the event is called off, and when all of them were seen to.
alter table events add column refunds_when_cancelled boolean not null default false;
alter table events add column cancellation_settled_at timestamptz;
create index events_by_organisation on events (organisation_id, starts_at, id);
create index events_by_series on events (series_id) where series_id is not null;
create index events_unsettled on events (id) where status = 2 and cancellation_settled_at is null;
update events set cancellation_settled_at = now() where status = 2;

-- What a tier by quantity begins with; once there is an inventory, the pool's capacity counts.
alter table tiers add column planned_capacity integer check (planned_capacity >= 0);
update tiers t set planned_capacity = p.capacity from pools p where p.event_id = t.event_id and p.tier = t.number;

-- Places added less those taken away since the pool was made: what it was made with is capacity - resized.
alter table pools add column resized integer not null default 0;

-- Places kept from sale, by the name under which they are kept. Which places are blocked is the inventory's to say.
create table event_blocks (
    event_id   uuid not null,
    id         uuid not null,
    name       text not null check (length(name) <= 100),
    colour     char(7) not null,
    seats      integer[] not null default '{}', -- ordinals
    tier       smallint, -- of places by quantity
    quantity   integer check (quantity > 0),
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (event_id, id),
    check ((tier is null) = (quantity is null)),
    check ((cardinality(seats) > 0) = (tier is null))
);
