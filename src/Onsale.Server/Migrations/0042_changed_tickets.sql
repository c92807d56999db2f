-- The transaction that issued or changed a ticket, and that noted a dispute: devices at the door ask for what is new since
-- they asked last, as they do of check-ins, and need not load the event's list again while it sells.
alter table tickets add column changed_by xid8 not null default pg_current_xact_id();
create index tickets_changed on tickets (event_id, changed_by);
alter table payment_disputes add column changed_by xid8 not null default pg_current_xact_id();
create index payment_disputes_changed on payment_disputes (event_id, changed_by);
