-- How often a buyer may extend a hold, each time by half of the event's hold time; and how often a hold was extended.
alter table events add column hold_extensions smallint not null default 1 check (hold_extensions between 0 and 10);
alter table bookings add column extensions smallint not null default 0;
