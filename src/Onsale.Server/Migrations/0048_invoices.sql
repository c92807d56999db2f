-- phase: expand
-- Invoices and credit notes. An organisation has one series of numbers without gaps, counted by next_number of the row that
-- its issuer locks: never on the way of a confirmation.
create table invoice_settings (
    organisation_id uuid primary key,
    legal_name      text not null check (length(legal_name) between 1 and 200),
    address         text not null check (length(address) between 1 and 500),
    tax_id          text not null check (length(tax_id) between 1 and 50),
    prefix          text not null check (length(prefix) <= 20),
    footer          text not null check (length(footer) <= 500),
    since           timestamptz, -- payments from then on get an invoice; null: none does
    next_number     bigint not null default 1 check (next_number > 0),
    changed_at      timestamptz not null default clock_timestamp()
);

-- Whom a booking's invoice is made out to, where that is not its contact.
create table invoice_recipients (
    event_id        uuid not null,
    booking_id      uuid not null,
    organisation_id uuid not null,
    name            text not null check (length(name) between 1 and 100),
    company         text not null check (length(company) <= 150),
    address         text not null check (length(address) <= 400),
    vat_id          text not null check (length(vat_id) <= 40),
    is_pending      boolean not null default true, -- invoices that are there may have to be corrected
    changed_at      timestamptz not null default clock_timestamp(),
    primary key (event_id, booking_id)
);
create index invoice_recipients_pending on invoice_recipients (organisation_id) where is_pending;

-- Final: what is wrong is put right by a credit note and another invoice. Amounts of credit notes are negative, so that the
-- documents of an entry sum to what the ledger says.
create table invoices (
    organisation_id uuid not null,
    number          bigint not null check (number > 0),
    kind            smallint not null check (kind between 1 and 3), -- 1 invoice, 2 credit note, 3 a refund came back
    event_id        uuid not null,
    booking_id      uuid not null,
    attempt         smallint not null,
    entry_number    bigint, -- of the ledger; null: a correction
    refers_to       bigint, -- number of the invoice that it is about
    issued_at       timestamptz not null default clock_timestamp(),
    currency        char(3) not null,
    total           bigint not null, -- minor units
    tax             bigint not null, -- of it
    content         jsonb not null, -- all that it says
    primary key (organisation_id, number),
    unique (event_id, entry_number),
    check ((kind = 1 and total > 0) or (kind = 2 and total < 0) or (kind = 3 and total > 0)),
    check (kind = 1 or refers_to is not null)
);
create index invoices_by_booking on invoices (event_id, booking_id, number);
create index invoices_by_time on invoices (organisation_id, issued_at);
-- By row: what removes all that was written of an event asks this table too, and finds none.
create trigger invoices_are_final before update or delete on invoices
    for each row execute function refuse_change();
create trigger invoices_are_not_truncated before truncate on invoices
    for each statement execute function refuse_change();
