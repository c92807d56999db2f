-- An idempotency key is a column of the booking it made, and the booking's id carries the key's hash: whoever knows a key
-- and the time of its booking knows the id. So keys need neither a table, nor an index in random order, nor somebody
-- who deletes the old ones.
alter table bookings
    add column key_hash    uuid, -- 128 bits of SHA-256 over buyer and key; null: held without one
    add column fingerprint uuid, -- the same over what was asked for
    add check ((key_hash is null) = (fingerprint is null));

drop table idempotency_keys;
