-- What operators have set for single callers, each with its end.
create table rate_limit_overrides (
    id uuid primary key,
    policy text not null,
    -- 16 bytes, big-endian: an address range or a buyer.
    caller bytea not null check (octet_length(caller) = 16),
    is_blocked boolean not null,
    -- So many times the budget; 0: no limit.
    multiple integer not null check (multiple between 0 and 1000),
    until timestamptz not null,
    reason text not null,
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    unique (policy, caller)
);
