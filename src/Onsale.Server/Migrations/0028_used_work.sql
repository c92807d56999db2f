-- Proofs of work that were used, each until it would have expired anyway: one is good once, at whichever node.
create table used_work (
    id bytea primary key check (octet_length(id) = 32),
    expires_at timestamptz not null
);

create index used_work_by_end on used_work (expires_at);
