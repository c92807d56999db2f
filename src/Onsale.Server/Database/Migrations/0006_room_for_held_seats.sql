-- A seat's row grows by its booking's id when it is held, so that half a page of rows needs more than the other half:
-- every fourth update went to another page and into the index. With 40 a page takes one update of each of its seats.
alter table seats set (fillfactor = 40);
