-- phase: expand
-- Who wants a mail before an event's sale begins. A row goes a day after the sale has begun, when its person says so,
-- and a day after it was asked for unless it is confirmed.
create table sale_reminders (
    event_id     uuid not null,
    id           uuid not null,
    email        text not null check (length(email) <= 254),
    language     text not null check (length(language) <= 35),
    token        text not null check (length(token) between 16 and 64), -- in the mails' links: confirms or ends the row
    asked_at     timestamptz not null default clock_timestamp(),
    confirmed_at timestamptz, -- null: the address was only asked whether it wants this
    day_told_for timestamptz, -- the start of the sale that was told a day before
    told_for     timestamptz, -- the one that was told minutes before
    mails        smallint not null default 0, -- how often it was told, whatever the start
    primary key (event_id, id)
);
create unique index sale_reminders_by_address on sale_reminders (event_id, lower(email));
create index sale_reminders_of_address on sale_reminders (lower(email));
create unique index sale_reminders_by_token on sale_reminders (token);
