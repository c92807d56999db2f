import type { ReactNode } from "react";
import styles from "./data-table.module.css";

export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Figures are read from their last digit. */
  isFigure?: boolean;
  /** By what the API sorts this column; left out where it cannot. */
  sort?: string;
}

export interface Sorting {
  by: string;
  order: "asc" | "desc";
}

interface DataTableProps<T> {
  /** Read before the table; not seen, as a heading stands there. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** Older rows, shown until the asked-for ones are here. */
  isStale?: boolean;
}

/** A table where there is room, and on a phone one block a row, with its headers beside the values. */
export function DataTable<T>({ caption, columns, rows, keyOf, sorting, onSort, isStale = false }: DataTableProps<T>) {
  // A browser forgets that it is a table once its rows are laid out as blocks: hence the roles.
  return (
    <table className={styles.table} role="table" data-stale={isStale}>
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeaderCell key={column.key} column={column} sorting={sorting} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ key, header, cell, isFigure = false }, index) => (
              <td key={key} role="cell" data-figure={isFigure} data-first={index === 0}>
                {header !== "" && index > 0 && (
                  <span className={styles.name} aria-hidden="true">
                    {header}
                  </span>
                )}
                <span className={styles.value}>{cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeaderCellProps<T> {
  column: Column<T>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}

function HeaderCell<T>({ column, sorting, onSort }: HeaderCellProps<T>) {
  const { header, sort, isFigure = false } = column;
  const order = sort !== undefined && sorting?.by === sort ? sorting.order : undefined;
  const ariaSort = order === undefined ? undefined : order === "asc" ? "ascending" : "descending";
  // What is done with a row needs no name above it.
  if (header === "") return <td role="cell" />;
  return (
    <th role="columnheader" scope="col" data-figure={isFigure} {...(ariaSort && { "aria-sort": ariaSort })}>
      {sort === undefined || onSort === undefined ? (
        header
      ) : (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort({ by: sort, order: order === "asc" ? "desc" : "asc" })}
        >
          {header}
          <span aria-hidden="true">{order === undefined ? "↕" : order === "asc" ? "↑" : "↓"}</span>
        </button>
      )}
    </th>
  );
}
