-- The ledger: one row a movement of money, with all its postings. accounts and amounts are parallel arrays, minor units of
-- the row's currency, debits positive and credits negative; the account that the money is in comes first, sales last. The
-- constraint holds for each row by itself, so no row that does not balance can be written, and no trigger is needed for it.

create function sum_of(amounts bigint[]) returns numeric language sql immutable strict as
    'select coalesce(sum(amount), 0) from unnest(amounts) amount';

create table ledger_entries (
    event_id        uuid not null, -- all zero: of no event (a payout)
    number          bigint generated always as identity,
    organisation_id uuid not null,
    booking_id      uuid,
    attempt         smallint, -- with event and booking: the payment
    kind            smallint not null, -- 1 payment, 2 sale at the counter, 3 refund, 4 chargeback, 5 payout, 6 provider's fee, 7 adjustment
    source_id       uuid, -- what it records, where a payment can have several: a refund, a dispute
    accounts        text[] not null,
    amounts         bigint[] not null,
    currency        char(3) not null,
    provider        text not null,
    reference       text not null, -- what the provider knows it by
    at              timestamptz not null,
    primary key (event_id, number),
    -- What caused an entry causes no second one. A refund without a source is that of all that was left of its payment.
    unique nulls not distinct (event_id, booking_id, attempt, kind, source_id),
    check (kind between 1 and 7),
    check (cardinality(accounts) between 2 and 10 and cardinality(accounts) = cardinality(amounts)),
    check (array_position(accounts, null) is null and array_position(amounts, null) is null),
    check (sum_of(amounts) = 0),
    check ((booking_id is null) = (attempt is null))
);
create index ledger_entries_by_time on ledger_entries (organisation_id, at, number);

create trigger ledger_entries_are_final before update or delete or truncate on ledger_entries
    for each statement execute function refuse_change();

-- How an amount that goes back divides among the accounts of its payment: in proportion, rounded half up on what has gone
-- back so far and now together, so that after the whole payment has gone back each account is exactly even.
create function refund_parts(paid bigint[], back numeric[], amount bigint) returns bigint[]
language plpgsql immutable as $$
declare
    together numeric := amount - coalesce(back[1], 0);
    parts bigint[] := array[-amount];
    rest bigint := amount;
    part bigint;
begin
    for i in 2 .. cardinality(paid) - 1 loop
        part := div(-2 * paid[i] * together + paid[1], 2::numeric * paid[1]) - coalesce(back[i], 0);
        parts := parts || part;
        rest := rest - part;
    end loop;
    return parts || rest;
end $$;

-- What happened before there was a ledger.
insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, accounts, amounts, currency, provider,
    reference, at)
select p.event_id, e.organisation_id, p.booking_id, p.attempt,
    case when p.provider in ('cash', 'card', 'invoice', 'comp') then 2 else 1 end,
    array[case p.provider when 'invoice' then 'receivable:invoice' when 'cash' then 'counter:cash'
        when 'card' then 'counter:card' else 'provider:' || p.provider end, 'sales'],
    array[p.amount, -p.amount], p.currency, p.provider, p.reference::text, p.started_at
from payments p join events e on e.id = p.event_id
where p.state in (1, 3, 4) and p.amount > 0
order by p.started_at;

insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, source_id, accounts, amounts, currency,
    provider, reference, at)
select l.event_id, l.organisation_id, l.booking_id, l.attempt, 3, r.id, l.accounts, array[-r.amount, r.amount],
    l.currency, l.provider, r.id::text, r.changed_at
from refunds r join ledger_entries l
    on l.event_id = r.event_id and l.booking_id = r.booking_id and l.attempt = r.attempt and l.kind in (1, 2)
where r.state = 1
order by r.changed_at;

insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, accounts, amounts, currency, provider,
    reference, at)
select l.event_id, l.organisation_id, l.booking_id, l.attempt, 3, l.accounts, array[-rest.amount, rest.amount],
    l.currency, l.provider, l.reference, p.changed_at
from payments p
join ledger_entries l
    on l.event_id = p.event_id and l.booking_id = p.booking_id and l.attempt = p.attempt and l.kind in (1, 2)
cross join lateral (
    select p.amount - coalesce(sum(r.amount), 0)::bigint as amount from refunds r
    where r.event_id = p.event_id and r.booking_id = p.booking_id and r.attempt = p.attempt) rest
where p.state = 4 and rest.amount > 0
order by p.changed_at;
