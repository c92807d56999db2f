-- phase: expand
-- From then on a mail says what is not so any more: one that is taken later is deleted instead of sent. Null: never.
alter table mails add column not_after timestamptz;
