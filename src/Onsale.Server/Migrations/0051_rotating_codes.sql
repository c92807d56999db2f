-- phase: expand
-- How an event's tickets are shown; without a row as codes that stay. rotating_since: from then on only a code that
-- changes on the holder's phone admits; null: any code does.
create table ticket_rules (
    event_id       uuid primary key,
    rotating_since timestamptz,
    changed_at     timestamptz not null default clock_timestamp()
);
-- Which step of a rotating code was scanned: it is good for one entry. Null: the code does not rotate.
alter table check_ins add column step bigint;
