-- A seat's row grows by its booking's id when it is held, so that half a page of rows needs more than the other half.
-- Where old rows are still seen and cannot be pruned, an update then goes to another page and into the index: 15 in 100
-- of an on-sale's. With 40 a page takes one update of each of its seats.
alter table seats set (fillfactor = 40);
